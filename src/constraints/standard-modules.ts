import { builtinModules } from "node:module";
import type { Language } from "../codebase/codebase.ts";

const node: ReadonlySet<string> = new Set(builtinModules.map((name) => name.split("/")[0] ?? name));
const python: ReadonlySet<string> = new Set(
  "__future__ _thread abc aifc argparse array ast asyncio atexit audioop base64 bdb binascii bisect builtins bz2 calendar cgi cgitb chunk cmath cmd code codecs codeop collections colorsys compileall concurrent configparser contextlib contextvars copy copyreg cProfile crypt csv ctypes curses dataclasses datetime dbm decimal difflib dis distutils doctest email encodings ensurepip enum errno faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac html http idlelib imaplib imghdr imp importlib inspect io ipaddress itertools json keyword lib2to3 linecache locale logging lzma mailbox mailcap marshal math mimetypes mmap modulefinder msvcrt multiprocessing netrc nntplib numbers opcode operator optparse os ossaudiodev pathlib pdb pickle pickletools pipes pkgutil platform plistlib poplib posix posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc queue quopri random re readline reprlib resource rlcompleter runpy sched secrets select selectors shelve shlex shutil signal site smtpd smtplib sndhdr socket socketserver spwd sqlite3 ssl stat statistics string stringprep struct subprocess sunau symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios test textwrap threading time timeit tkinter token tokenize tomllib trace traceback tracemalloc tty turtle types typing unicodedata unittest urllib uu uuid venv warnings wave weakref webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp zipfile zipimport zlib zoneinfo".split(
    " ",
  ),
);

/** Whether a language brings a module itself; null where that cannot be told by the name. */
export function isStandard(language: Language | null, specifier: string): boolean | null {
  const first = specifier.split(/[./:\\]/)[0] ?? "";
  switch (language) {
    case "typescript":
    case "tsx":
    case "javascript":
      return specifier.startsWith("node:") || node.has(specifier.split("/")[0] ?? "");
    case "python":
      return python.has(first);
    case "go":
      return !first.includes(".") && !(specifier.split("/")[0] ?? "").includes(".");
    case "rust":
      return /^(?:std|core|alloc|proc_macro|test)$/.test(first);
    default:
      return null;
  }
}
