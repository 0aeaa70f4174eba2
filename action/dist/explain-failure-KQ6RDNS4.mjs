import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{c as a}from"./chunk-CFT54ZIW.mjs";import"./chunk-BQ26HASJ.mjs";export{a as explainFailure};
