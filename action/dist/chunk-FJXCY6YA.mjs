import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{m as i,n as p,o}from"./chunk-C647FMK2.mjs";import{M as e}from"./chunk-SYTKSZWH.mjs";import{a as t}from"./chunk-BQ26HASJ.mjs";var a=t(r=>o(e,r),"renderProjectContext");var d=t(r=>o(i,r),"renderReviewReport");var y=t(r=>o(p,r),"renderValidationReport");export{a,d as b,y as c};
