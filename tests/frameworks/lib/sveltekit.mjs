// The routes of both SvelteKit projects, and how they are visited.

export const routes = {
  "exercise.js": "src/exercise.js",
  "sveltekit/app.html": "src/app.html",
  "sveltekit/+page.svelte": "src/routes/+page.svelte",
  "sveltekit/+server.js": "src/routes/api/send/+server.js",
};

export const visit = async (it, url) => [await it.json(`${url}api/send`), await it.page(url)];

export const dev = async (it) =>
  visit(it, await it.start("vite", "dev", "--host", "127.0.0.1", "--port", "PORT", "--strictPort"));
