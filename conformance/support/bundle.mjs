// A page's script with the npm packages it imports, in one file.
import { build } from 'esbuild';

export async function bundle(entry, { development = true } = {}) {
  const { outputFiles } = await build({
    entryPoints: [entry], bundle: true, write: false, format: 'iife', target: 'es2022', jsx: 'automatic', logLevel: 'silent',
    // React checks and mounts twice in development only.
    define: { 'process.env.NODE_ENV': JSON.stringify(development ? 'development' : 'production') },
  });
  return outputFiles[0].text;
}
