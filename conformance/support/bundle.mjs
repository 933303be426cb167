// A page's script with the npm packages it imports, in one file.
import { build } from 'esbuild';

export async function bundle(entry) {
  return made({ entryPoints: [entry] });
}

// The same, of a script that is written out.
export async function bundleText(contents) {
  return made({ stdin: { contents, resolveDir: '.' } });
}

async function made(what) {
  const { outputFiles } = await build({
    ...what, bundle: true, write: false, format: 'iife', target: 'es2022', jsx: 'automatic', logLevel: 'silent',
    // React checks and mounts twice in development only.
    define: { 'process.env.NODE_ENV': '"development"' },
  });
  return outputFiles[0].text;
}
