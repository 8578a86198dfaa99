export default { ssr: { noExternal: true }, build: { ssr: "program.js", outDir: "dist-ssr" } };
