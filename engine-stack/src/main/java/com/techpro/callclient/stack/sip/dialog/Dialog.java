// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.dialog;

import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipMessage;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.SipUri;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The state of a dialog (RFC 3261 §12): both parties, the route between them, and the CSeq of each
 * side. It holds neither messages nor timers. Belongs to the loop.
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
    /** Our latest CSeq when the other side's last target refresh request arrived. */
    private long crossedCseq;

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
     * Makes the caller's side (§12.1.2).
     *
     * @param request as it was sent, after any authentication
     * @param response a 101 to 299 with a To tag; the response of each fork makes a dialog of its
     *     own
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
     * Makes the called side (§12.1.1).
     *
     * @param localTag the To tag of our responses
     * @param early whether only a provisional response has been sent so far
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

    /** Makes the called side from the response that was sent. */
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

    /** Whether the dialog was established with a sips URI (§12.1). */
    public boolean isSecure() {
        return secure;
    }

    /** Whether it was established anonymously (RFC 3323). */
    public boolean isAnonymous() {
        return anonymous;
    }

    /** Returns this side's address, with our tag. */
    public NameAddr local() {
        return local;
    }

    /** Returns the other side's address, with its tag. */
    public NameAddr remote() {
        return remote;
    }

    public SipUri remoteTarget() {
        return remoteTarget;
    }

    /**
     * Whether the other side's Contact says that it is a conference focus (RFC 4579 §5.1); this can
     * change.
     */
    public boolean isFocus() {
        return focus;
    }

    public List<NameAddr> routeSet() {
        return routeSet;
    }

    /** Returns the first hop for requests of the dialog (§8.1.2). */
    public SipUri nextHop() {
        return routeSet.isEmpty() ? remoteTarget : routeSet.get(0).uri();
    }

    /** The called side has sent its 2xx. */
    public void confirm() {
        early = false;
    }

    /** The caller's side received the 2xx: takes the route set and target from it (§13.2.2.4). */
    public void confirm(SipResponse success) {
        if (early) {
            routeSet = reversed(success.recordRoutes());
        }
        early = false;
        refreshTarget(success);
    }

    /**
     * Returns a request within the dialog (§12.2.1.1) with the next CSeq, the route set and the
     * remote target. Not for CANCEL and ACK.
     */
    public SipRequest.Builder request(String method) {
        return withRoute(method, nextCseq());
    }

    /** Returns the ACK of a 2xx (§13.2.2.4), with the CSeq number of its INVITE. */
    public SipRequest.Builder ack(long inviteCseq) {
        return withRoute("ACK", inviteCseq);
    }

    /**
     * Returns the CSeq number for one more request, or for one sent again with credentials (§22.2).
     */
    public long nextCseq() {
        return ++localCseq;
    }

    /**
     * Records the CSeq of a request that was sent before the dialog existed, or again with
     * credentials.
     */
    public void sent(long cseq) {
        localCseq = Math.max(localCseq, cseq);
    }

    /**
     * Checks and records the CSeq of a received request.
     *
     * @return false if it is older than the last one received: answer 500 (§12.2.2)
     */
    public boolean accept(SipRequest request) {
        if (request.cseq().number() < remoteCseq) {
            return false;
        }
        remoteCseq = request.cseq().number();
        return true;
    }

    /**
     * Takes the Contact of a target refresh request, or of its 2xx (§12.2). A request may overtake
     * the 2xx that the other side sent before it moved; so it counts more than a 2xx to an earlier
     * request of ours.
     */
    public void refreshTarget(SipMessage message) {
        if (message instanceof SipRequest && !early && !message.contacts().isEmpty()) {
            crossedCseq = localCseq;
        } else if (message instanceof SipResponse && message.cseq().number() <= crossedCseq) {
            return;
        }
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
