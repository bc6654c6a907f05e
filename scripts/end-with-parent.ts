/**
 * Ends this process when the one that started it is gone, however that ended: then the channel between them closes.
 * What it was doing is ended as by a signal. Nothing happens where there is no such channel.
 */
if (process.channel) {
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel.unref();
}

// Makes this file a module, which can be imported.
export {};
