import type { Metadata } from "next";

export const metadata: Metadata = { title: "messenger-send", description: "A message from a page" };

export default function RootLayout({ children }: Readonly<{ children: React.ReactNode }>) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
