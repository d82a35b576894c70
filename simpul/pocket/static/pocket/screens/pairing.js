// A phone that is not paired: with a code in its address, or waiting for one; and why it was let go.
import { Answered } from "../node.js";
import { notice, onSubmit, part, screen } from "../page.js";
import { askToKeep, pairWith } from "../pairing.js";
import { tally } from "../ledger.js";
import { meta } from "../store.js";
import { t } from "../words.js";

const isAble = () => window.isSecureContext && window.crypto?.subtle && window.indexedDB;

export async function pairing(code, device, entered) {
  const root = screen("pasang");
  const told = part(root, "said");
  if (pairing.said) notice(part(root, "left"), pairing.said);
  if (!isAble()) { notice(told, t("pair_old"), "stop"); return root; }
  part(root, "code").hidden = !code;
  part(root, "nocode").hidden = Boolean(code);
  if (device && (await tally()).waiting) {
    part(root, "code").hidden = part(root, "nocode").hidden = true;
    notice(told, t("pair_waits", { library: device.library.name }));
    return root;
  }
  const pair = async (given) => {
    await askToKeep(); // while the tap still counts as the person's wish
    try {
      await pairWith(given);
      pairing.said = "";
      await entered(await meta("device"));
    } catch (fault) {
      const says = fault instanceof Answered ? fault.body.says || t("pair_failed") : t("pair_offline");
      notice(told, says);
      if (fault instanceof Answered) { part(root, "nocode").hidden = false; part(root, "code").hidden = true; }
    }
  };
  onSubmit(part(root, "pair"), () => pair(code));
  onSubmit(part(root, "typed"), (form) => pair(codeIn(form.get("code").trim())));
  return root;
}
pairing.said = "";

// a whole link may be pasted as well
const codeIn = (text) => (text.includes("pasang=") ? decodeURIComponent(text.split("pasang=").pop()) : text);
