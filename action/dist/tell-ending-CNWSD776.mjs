import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{a as i}from"./chunk-BQ26HASJ.mjs";var l=i(t=>/[.!?:`]$/.test(t.trim())?t.trim():`${t.trim()}.`,"sentence");function g(t,s,r){let{outcome:n,what:c,remedy:p,where:f,red:u,notes:m,outputs:$}=r;for(let[o,d]of Object.entries($))t.output(o,d);if(t.output("outcome",n),r.told)return;let e=[c,p,f].flatMap(o=>o?[l(o)]:[]);u&&t.annotate("error",e.join(" ")),t.log(`${s}: ${n}. ${e.join(" ")}`);for(let o of m)t.annotate("notice",o),t.log(o);let a=m.map(o=>`- ${o}`).join(`
`);t.summary(`**Archwright** \xB7 ${s} \xB7 *${n}*: ${e.join(" ")}${a?`

${a}`:""}
`)}i(g,"tellEnding");export{g as tellEnding};
