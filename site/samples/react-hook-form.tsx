import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { draftSchema, type MessageDraft } from "messenger-send/validate";
import { useForm } from "react-hook-form";

interface Fields {
  to: string;
  text: string;
}

const resolver = standardSchemaResolver(draftSchema());

export function Composer({
  onSend,
}: {
  onSend: (draft: MessageDraft) => void;
}) {
  const { register, handleSubmit, formState } = useForm<
    Fields,
    unknown,
    MessageDraft
  >({
    resolver,
    mode: "onChange",
    defaultValues: { to: "", text: "" },
  });
  const { errors } = formState;
  return (
    <form onSubmit={handleSubmit(onSend)}>
      <input aria-label="Page-scoped id" {...register("to")} />
      {errors.to && <p role="alert">{errors.to.message}</p>}
      <textarea aria-label="Text" {...register("text")} />
      {errors.text && <p role="alert">{errors.text.message}</p>}
      <button type="submit">Send</button>
    </form>
  );
}
