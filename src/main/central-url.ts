/** Where central answers when nobody said otherwise. Apart from the other settings, which take longer to read. */
export const USUAL_CENTRAL_URL = 'http://127.0.0.1:4040';
