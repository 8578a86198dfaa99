import { Composer } from "./composer";

export default function Home() {
  return <Composer />;
}
