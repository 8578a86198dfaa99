// The message that a first visit finds: legal, and with something of everything that can be edited.
export const initialState = {
  platform: "messenger",
  request: {
    recipient: { id: "1234567890" },
    messaging_type: "RESPONSE",
    message: {
      text: "Hello! Which size would you like?",
      quick_replies: [
        { content_type: "text", title: "Small", payload: "SIZE_S" },
        { content_type: "text", title: "Medium", payload: "SIZE_M" },
        { content_type: "text", title: "Large", payload: "SIZE_L" },
      ],
    },
  },
};
