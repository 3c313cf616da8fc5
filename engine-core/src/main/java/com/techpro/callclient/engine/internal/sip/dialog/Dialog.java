// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip.dialog;

import com.techpro.callclient.engine.internal.sip.message.NameAddr;
import com.techpro.callclient.engine.internal.sip.message.SipMessage;
import com.techpro.callclient.engine.internal.sip.message.SipRequest;
import com.techpro.callclient.engine.internal.sip.message.SipResponse;
import com.techpro.callclient.engine.internal.sip.message.SipUri;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The state two user agents share (RFC 3261 §12): who they are to each other, the way between them, and how far each has counted.
 * It holds neither messages nor timers. Belongs to the loop.
 */
public final class Dialog {
    private static final long NOTHING_RECEIVED = -1;

    private final DialogId id;
    private final NameAddr local;
    private final NameAddr remote;
    private final boolean secure;
    private List<NameAddr> routeSet;
    private SipUri remoteTarget;
    private long localCseq;
    private long remoteCseq;
    private boolean early;
    private boolean focus;
    private boolean anonymous;

    private Dialog(DialogId id, NameAddr local, NameAddr remote, boolean secure, SipUri remoteTarget, boolean early) {
        this.id = id;
        this.local = local;
        this.remote = remote;
        this.secure = secure;
        this.remoteTarget = remoteTarget;
        this.early = early;
        this.routeSet = List.of();
    }

    /**
     * The caller's side (§12.1.2).
     *
     * @param request as it was sent, after any authentication
     * @param response a 101 to 299 with a To tag; each fork's makes a dialog of its own
     */
    public static Dialog uac(SipRequest request, SipResponse response) {
        Dialog dialog = new Dialog(
                DialogId.ofReceivedResponse(response),
                response.from(),
                response.to(),
                request.requestUri().isSecure(),
                target(response, request.requestUri()),
                response.isProvisional());
        dialog.focus = isFocus(response);
        dialog.anonymous = request.hasHeader("Privacy");
        dialog.routeSet = reversed(response.recordRoutes());
        dialog.localCseq = request.cseq().number();
        dialog.remoteCseq = NOTHING_RECEIVED;
        return dialog;
    }

    /**
     * The called side (§12.1.1).
     *
     * @param localTag the To tag of our responses
     * @param early whether only a provisional response was sent so far
     */
    public static Dialog uas(SipRequest request, String localTag, boolean early) {
        String remoteTag = request.from().tag();
        Dialog dialog = new Dialog(
                new DialogId(request.callId(), localTag, remoteTag == null ? "" : remoteTag),
                request.to().withTag(localTag),
                request.from(),
                request.requestUri().isSecure(),
                target(request, request.from().uri()),
                early);
        dialog.focus = isFocus(request);
        dialog.routeSet = request.recordRoutes();
        dialog.localCseq = 0;
        dialog.remoteCseq = request.cseq().number();
        return dialog;
    }

    /** The called side, as the response that was sent makes it. */
    public static Dialog uas(SipRequest request, SipResponse response) {
        String tag = response.to().tag();
        if (tag == null) {
            throw new IllegalArgumentException("a response that makes a dialog has a To tag");
        }
        return uas(request, tag, response.isProvisional());
    }

    public DialogId id() {
        return id;
    }

    public boolean isEarly() {
        return early;
    }

    /** Whether the dialog was begun with a sips URI (§12.1). */
    public boolean isSecure() {
        return secure;
    }

    /** Whether it was begun without telling who we are (RFC 3323). */
    public boolean isAnonymous() {
        return anonymous;
    }

    /** Us, with our tag. */
    public NameAddr local() {
        return local;
    }

    /** The other side, with its tag. */
    public NameAddr remote() {
        return remote;
    }

    public SipUri remoteTarget() {
        return remoteTarget;
    }

    /** Whether the other side's Contact says that it is a conference's focus (RFC 4579 §5.1); it may become one, and cease to be. */
    public boolean isFocus() {
        return focus;
    }

    public List<NameAddr> routeSet() {
        return routeSet;
    }

    /** Where requests of the dialog are sent first (§8.1.2). */
    public SipUri nextHop() {
        return routeSet.isEmpty() ? remoteTarget : routeSet.get(0).uri();
    }

    /** The called side's 2xx was sent. */
    public void confirm() {
        early = false;
    }

    /** The caller's side got the 2xx: route set and target are taken from it anew (§13.2.2.4). */
    public void confirm(SipResponse success) {
        if (early) {
            routeSet = reversed(success.recordRoutes());
        }
        early = false;
        refreshTarget(success);
    }

    /**
     * A request within the dialog (§12.2.1.1): next CSeq, route set, remote target. CANCEL and ACK are not made this way.
     */
    public SipRequest.Builder request(String method) {
        return withRoute(method, nextCseq());
    }

    /** The ACK of a 2xx (§13.2.2.4), which has the number of its INVITE. */
    public SipRequest.Builder ack(long inviteCseq) {
        return withRoute("ACK", inviteCseq);
    }

    /** The number for one more request; also for one that is sent again with credentials (§22.2). */
    public long nextCseq() {
        return ++localCseq;
    }

    /** A request of the dialog was sent before there was a dialog, or again with credentials: its number is used up. */
    public void sent(long cseq) {
        localCseq = Math.max(localCseq, cseq);
    }

    /**
     * Counts a received request.
     *
     * @return false if an older one was overtaken by it: answer 500 (§12.2.2)
     */
    public boolean accept(SipRequest request) {
        if (request.cseq().number() < remoteCseq) {
            return false;
        }
        remoteCseq = request.cseq().number();
        return true;
    }

    /** Takes the Contact of a target refresh request, or of the 2xx to one (§12.2). */
    public void refreshTarget(SipMessage message) {
        remoteTarget = target(message, remoteTarget);
        focus = message.contacts().isEmpty() ? focus : isFocus(message);
    }

    private SipRequest.Builder withRoute(String method, long cseq) {
        boolean strict = !routeSet.isEmpty() && !routeSet.get(0).uri().isLooseRouter();
        SipRequest.Builder builder = SipRequest.builder(
                        method, strict ? routeSet.get(0).uri().withoutHeaders() : remoteTarget)
                .from(local)
                .to(remote)
                .callId(id.callId())
                .cseq(cseq, method);
        for (int i = strict ? 1 : 0; i < routeSet.size(); i++) {
            builder.addRoute(routeSet.get(i));
        }
        if (strict) {
            builder.addRoute(NameAddr.of(remoteTarget));
        }
        return builder;
    }

    private static SipUri target(SipMessage message, SipUri otherwise) {
        List<NameAddr> contacts = message.contacts();
        return contacts.isEmpty() ? otherwise : contacts.get(0).uri();
    }

    private static boolean isFocus(SipMessage message) {
        List<NameAddr> contacts = message.contacts();
        return !contacts.isEmpty() && contacts.get(0).params().containsKey("isfocus");
    }

    private static List<NameAddr> reversed(List<NameAddr> recordRoutes) {
        List<NameAddr> reversed = new ArrayList<>(recordRoutes);
        Collections.reverse(reversed);
        return Collections.unmodifiableList(reversed);
    }

    @Override
    public String toString() {
        return "Dialog[" + (early ? "early" : "confirmed") + "]";
    }
}
