import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{o as p,r as e}from"./chunk-ZKQMEF3V.mjs";import{O as r}from"./chunk-PBDWX2L2.mjs";import{a as t}from"./chunk-BQ26HASJ.mjs";var n=t(o=>e(r,o),"renderProjectContext");var R=t(o=>e(p,o),"renderReviewReport");export{n as a,R as b};
