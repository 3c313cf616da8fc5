// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.stack.sip.dialog.Dialog;
import com.techpro.callclient.stack.sip.dialog.DialogId;
import com.techpro.callclient.stack.sip.message.SipRequest;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The dialogs whose requests are accepted, and the first NOTIFYs that are expected.
 * Belongs to the loop.
 *
 * @param <A> the account that owns a dialog
 */
final class DialogTable<A> {
    record Entry<A>(A account, Dialog dialog, DialogHandler handler) {}

    private final Map<DialogId, Entry<A>> dialogs = new HashMap<>();
    private final Map<DialogId, PendingSubscription> awaited = new HashMap<>();

    void register(A account, Dialog dialog, DialogHandler handler) {
        dialogs.put(dialog.id(), new Entry<>(account, dialog, handler));
    }

    void unregister(Dialog dialog) {
        dialogs.remove(dialog.id());
    }

    @Nullable
    Entry<A> get(DialogId id) {
        Entry<A> known = dialogs.get(id);
        // The dialog may have begun without the tag that the other side has in its requests.
        return known == null ? dialogs.get(new DialogId(id.callId(), id.localTag(), "")) : known;
    }

    boolean has(DialogId id) {
        return dialogs.containsKey(id);
    }

    int size() {
        return dialogs.size();
    }

    void await(PendingSubscription notify) {
        awaited.put(new DialogId(notify.callId(), notify.localTag(), ""), notify);
    }

    void awaitNoMore(PendingSubscription notify) {
        awaited.remove(new DialogId(notify.callId(), notify.localTag(), ""));
    }

    /** Returns the pending subscription for which this request makes a dialog, or null. */
    @Nullable
    PendingSubscription awaited(SipRequest request) {
        String localTag = request.to().tag();
        return request.isMethod("NOTIFY")
                ? awaited.get(new DialogId(request.callId(), localTag == null ? "" : localTag, ""))
                : null;
    }
}
