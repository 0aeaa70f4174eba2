import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{a as e}from"./chunk-BQ26HASJ.mjs";var a=class extends Error{static{e(this,"Stop")}failure;constructor(r){super(r.reason),this.name="Stop",this.failure=r}};export{a};
