import { serve } from '../scripts/serve.ts'; import { openBrowser } from './support/browser.ts';
const s=await serve('/tmp/site4',{base:'/',port:0,host:'localhost'} as any); console.log(s);
const b=await openBrowser(); 
for(const [name,path,w,dark] of [['d1','defects/D-0067/',1280,false],['d1p','defects/D-0067/',390,true],['d2','defects/D-0500/',1280,false],['reg','defects/',1280,false],['regp','defects/',390,false]] as const){ const p=await b.newPage({viewport:{width:w,height:900},colorScheme:dark?'dark':'light'}); await p.goto((s as any).address? (s as any).address+path: (s as any).url+path); const d=await p.$('details'); if(d&&name.startsWith('d')) await p.evaluate(()=>document.querySelectorAll('details').forEach((x:any)=>x.open=true)); await p.screenshot({path:`/tmp/shot-${name}.png`,fullPage:name.startsWith('d')}); await p.close(); }
await b.close(); process.exit(0);
