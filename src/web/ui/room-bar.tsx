import { go } from "../state/session.ts";
import { shareWords } from "../words/share.ts";

/** Says that the view is redacted, and what is hidden. */
export function RoomBar() {
  return (
    <div className="room-bar" role="note">
      <p>
        <strong>{shareWords.roomBar}</strong> {shareWords.roomHides}
      </p>
      <button type="button" className="quiet" onClick={() => go({ room: false })}>
        {shareWords.leaveRoom}
      </button>
    </div>
  );
}
