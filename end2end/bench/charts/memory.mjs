// What a page keeps, once what it does not need any more has been collected.

/** Remembers the memories that WebAssembly exports; before the page is opened. */
export function watchMemory(page) {
  return page.addInitScript(() => {
    const memories = new Set();
    window.wasmBytes = () => [...memories].reduce((sum, memory) => sum + memory.buffer.byteLength, 0);
    for (const name of ['instantiate', 'instantiateStreaming']) {
      const made = WebAssembly[name];
      WebAssembly[name] = async (...given) => {
        const result = await made.apply(WebAssembly, given);
        const { exports } = result.instance ?? result;
        for (const one of Object.values(exports)) {
          if (one instanceof WebAssembly.Memory) memories.add(one);
        }
        return result;
      };
    }
  });
}

/** Megabytes of JavaScript's heap, of its array buffers, and of WebAssembly's memory. */
export async function memory(page) {
  const session = await page.context().newCDPSession(page);
  for (let time = 0; time < 3; time += 1) await session.send('HeapProfiler.collectGarbage');
  const { usedSize, backingStorageSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  const wasm = await page.evaluate(() => window.wasmBytes());
  const mb = (bytes) => bytes / 1e6;
  return { heap: mb(usedSize), buffers: mb(backingStorageSize), wasm: mb(wasm) };
}
