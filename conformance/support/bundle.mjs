// Bundles a page's script with its npm packages into one file.
import { build } from 'esbuild';

export async function bundle(entry) {
  return buildScript({ entryPoints: [entry] });
}

// As `bundle`, for a script given as text.
export async function bundleText(contents) {
  return buildScript({ stdin: { contents, resolveDir: '.' } });
}

async function buildScript(input) {
  const { outputFiles } = await build({
    ...input, bundle: true, write: false, format: 'iife', target: 'es2022', jsx: 'automatic', logLevel: 'silent',
    // Only React's development build checks and mounts twice.
    define: { 'process.env.NODE_ENV': '"development"' },
  });
  return outputFiles[0].text;
}
