// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.call;

import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.testkit.pbx.media.Sdp;
import com.techpro.callclient.testkit.pbx.settings.FieldBehaviour;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A call between devices: one leg to the caller, and one to each ringing device until one answers.
 * On the signalling loop.
 *
 * <pre>
 *            INVITE             first 2xx               BYE from either side
 *   (new) ----------> Ringing ------------> Talking ------------------------> Ended
 *                        |  CANCEL, no answer in time, or every device refused    ^
 *                        +--------------------------------------------------------+
 * </pre>
 */
public final class BridgedCall implements CallControl {
    static final String ANSWERED_ELSEWHERE = "SIP;cause=200;text=\"Call completed elsewhere\"";

    private final ActiveCalls calls;
    private final Leg caller;
    private final List<Branch> ringing = new ArrayList<>();
    private boolean severalBranches;
    private int bestRefusal = 480;
    private @Nullable Leg callee;
    private @Nullable Timer patience;
    private final BridgedSession session;
    /** Set until the caller has sent its ACK. */
    private @Nullable ConnectedLine connectedLine;

    private boolean progressed;
    private boolean ended;
    private final @Nullable Diversion diversion;
    private @Nullable ServerTransactionHandle opening;
    private @Nullable Transfer transfer;

    /** @param diversion may redirect the caller if nobody takes the call */
    public BridgedCall(ActiveCalls calls, Leg.Maker callerLeg, @Nullable Diversion diversion) {
        this.calls = calls;
        this.diversion = diversion;
        this.caller = callerLeg.make(this);
        this.session = new BridgedSession(calls, caller, this::hangUp);
    }

    /** Creates a call between two devices that leave their present calls for it. */
    private BridgedCall(ActiveCalls calls, Leg one, Leg other) {
        this.calls = calls;
        this.diversion = null;
        this.caller = one;
        this.callee = other;
        this.session = new BridgedSession(calls, one, this::hangUp);
    }

    /**
     * Connects two devices that are in other calls, and removes them from those.
     *
     * @param ones the formats that the first has just agreed to; null if it has to be asked
     */
    public static BridgedCall join(ActiveCalls calls, Leg one, Sdp.@Nullable Section ones, Leg other) {
        one.call().release(one);
        other.call().release(other);
        BridgedCall call = new BridgedCall(calls, one, other);
        one.handOver(call);
        other.handOver(call);
        calls.began(call);
        calls.connected(call);
        call.session.join(other, ones);
        return call;
    }

    /** A transfer of one of the two devices. */
    public interface Transfer {
        /**
         * Whether this leg is being transferred, and therefore stays when the other side sends BYE.
         */
        boolean keeps(Leg leg);

        /** The transferor has left the call. */
        void transferorLeft();

        /** The call has ended. */
        void abandoned();
    }

    /** Whether one of the two is being transferred. */
    public boolean isTransferring() {
        return transfer != null;
    }

    /** Sets the transfer in progress; null when there is none. */
    public void transferring(@Nullable Transfer underway) {
        transfer = underway;
    }

    public boolean isAnswered() {
        return callee != null && !ended;
    }

    @Override
    public List<Leg> legs() {
        Stream<Leg> called =
                callee != null ? Stream.of(callee) : ringing.stream().map(Branch::leg);
        return Stream.concat(Stream.of(caller), called).toList();
    }

    /** Returns the leg's far end; null before an answer. */
    public @Nullable Leg peerOf(Leg leg) {
        return leg == caller ? callee : caller;
    }

    /** Returns the dialled number; null if nobody dialled. */
    public @Nullable String dialled() {
        return opening == null ? null : opening.request().requestUri().user();
    }

    /** Redirects a caller whose call failed. */
    public interface Diversion {
        /**
         * @param status the status that the caller would otherwise get
         * @return whether it took the caller over; if not, the caller gets the status
         */
        boolean take(int status, Leg caller, ServerTransactionHandle invite);

        /**
         * @param moved a 3xx from one of the callee's devices
         * @return whether it redirected the caller; if not, that device no longer rings
         */
        boolean redirect(SipResponse moved, Leg caller, ServerTransactionHandle invite);
    }

    /** One ringing device. */
    private record Branch(Leg leg, InviteForwarding passage) {}

    /** Rings devices. If the INVITE has an offer, the call is refused unless it is acceptable. */
    public void start(
            ServerTransactionHandle invite, List<Leg.Maker> devices, Map<String, String> headers, Duration noAnswer) {
        Sdp offer = null;
        if (invite.request().hasBody()) {
            offer = SdpBody.of(invite.request());
            if (offer == null || caller.media().acceptOffer(offer) == null) {
                // Each leg already has an open port. Watchers of the caller see no state change.
                devices.forEach(device -> device.make(this).close());
                invite.respond(488);
                end();
                return;
            }
        }
        caller.opened(invite);
        opening = invite;
        if (devices.isEmpty()) {
            unanswered(480);
            return;
        }
        severalBranches = devices.size() > 1;
        for (Leg.Maker device : devices) {
            Leg leg = device.make(this);
            ringing.add(new Branch(leg, InviteForwarding.of(caller, leg, offer)));
        }
        patience = calls.loop().schedule(noAnswer, () -> unanswered(480));
        for (Branch branch : List.copyOf(ringing)) {
            branch.leg().call(branch.passage().forward(), headers, new BranchOutcome(branch, headers));
        }
    }

    /** Handles the responses of one ringing device. */
    private final class BranchOutcome implements InviteOutcome {
        private final Branch branch;

        private final Map<String, String> headers;

        private BranchOutcome(Branch branch, Map<String, String> headers) {
            this.branch = branch;
            this.headers = headers;
        }

        @Override
        public void progress(SipResponse response) {
            if (callee != null || ended || response.status() == 100) {
                return;
            }
            byte[] early = null;
            if (!severalBranches && !branch.passage().awaitsAck()) {
                early = branch.passage().answer(response);
                if (early != null) {
                    session.connect(branch.passage());
                }
            }
            if (early == null && !progressed && caller.does(FieldBehaviour.PROGRESS_BEFORE_RINGING)) {
                caller.progress(183, null);
            }
            progressed = true;
            caller.progress(early != null ? response.status() : 180, early);
        }

        @Override
        public void accepted(SipResponse ok) {
            ringing.remove(branch);
            if (callee != null || ended) {
                // CANCEL and 200 crossed (RFC 3261 §9.1): accept, then end.
                branch.leg().acknowledge(ok, null);
                branch.leg().bye(callee != null ? ANSWERED_ELSEWHERE : null);
                branch.leg().close();
                return;
            }
            answered(branch, ok);
        }

        @Override
        public void redirected(SipResponse moved) {
            if (callee == null
                    && !ended
                    && diversion != null
                    && opening != null
                    && diversion.redirect(moved, caller, opening)) {
                ringing.remove(branch);
                branch.leg().close();
                takenOver();
            } else {
                refused(480);
            }
        }

        /**
         * Removes this device from the ringing ones. @return whether its response no longer matters
         */
        private boolean isOver() {
            ringing.remove(branch);
            branch.leg().close();
            return callee != null || ended;
        }

        @Override
        public void refused(int status) {
            if (status == 488 && callee == null && !ended && branch.passage().transcode()) {
                branch.leg().call(branch.passage().forward(), headers, this);
                return;
            }
            if (isOver()) {
                return;
            }
            bestRefusal = better(bestRefusal, status);
            if (status >= 600 || ringing.isEmpty()) {
                // RFC 3261 §16.7 step 5: a 6xx is final for all devices.
                unanswered(status >= 600 ? status : bestRefusal);
            }
        }
    }

    /** Another call has taken the caller over. */
    private void takenOver() {
        cancelOthers(null);
        ended = true;
        stopPatience();
        calls.ended(this);
    }

    /** Whether that device rings for this call. */
    public boolean rings(Leg device) {
        return ringing.stream().anyMatch(branch -> branch.leg() == device);
    }

    /** Another device answers instead of the ringing ones, and has answered its own INVITE. */
    public void pickedUp(Leg device) {
        ServerTransactionHandle invite = opening;
        device.handOver(this);
        stopPatience();
        callee = device;
        cancelOthers(ANSWERED_ELSEWHERE);
        Sdp.Section formats = invite == null ? null : caller.take(invite);
        if (formats == null) {
            hangUp();
        } else {
            calls.connected(this);
            session.join(device, formats);
        }
    }

    private void answered(Branch winner, SipResponse ok) {
        stopPatience();
        byte[] answer = winner.passage().answer(ok);
        if (answer == null) {
            winner.leg().acknowledge(ok, null);
            winner.leg().bye(null);
            winner.leg().close();
            giveUp(488);
            return;
        }
        callee = winner.leg();
        cancelOthers(ANSWERED_ELSEWHERE);
        session.answered(winner.passage(), ok);
        if (opening != null) {
            SipUri who = winner.leg().dialog().remote().uri();
            connectedLine = new ConnectedLine(caller, opening.request(), who, this::hangUp);
            if (progressed) {
                connectedLine.answering();
            }
        }
        caller.accept(answer);
        calls.connected(this);
    }

    @Override
    public void requested(Leg leg, ServerTransactionHandle transaction) {
        SipRequest request = transaction.request();
        Leg other = leg == caller ? callee : caller;
        switch (request.method()) {
            case "BYE" -> {
                transaction.respond(200);
                ended(leg, request.header("Reason"));
            }
            case "INVITE" -> session.reInvite(leg, transaction);
            case "INFO" -> pass(other, transaction);
            case "REFER" -> calls.referrals().referred(leg, transaction);
            case "OPTIONS" -> transaction.respond(200);
            default ->
                transaction.respond(transaction
                        .response(405)
                        .set("Allow", CallControl.ALLOW)
                        .build());
        }
    }

    private static void pass(@Nullable Leg other, ServerTransactionHandle transaction) {
        SipRequest request = transaction.request();
        if (other == null) {
            transaction.respond(481);
            return;
        }
        SipRequest.Builder copy = other.dialog().request(request.method());
        copy.body(request.header("Content-Type"), request.body());
        for (String name : List.of("Info-Package", "Content-Disposition")) {
            String value = request.header(name);
            if (value != null) {
                copy.set(name, value);
            }
        }
        other.send(copy, transaction::respond);
    }

    @Override
    public void acknowledged(Leg leg, SipRequest ack) {
        session.acknowledged(leg, ack);
        ConnectedLine untold = connectedLine;
        if (leg == caller && untold != null && !ended) {
            connectedLine = null;
            untold.answered();
        }
    }

    @Override
    public void cancelled(Leg leg) {
        if (leg == caller && callee == null) {
            giveUp(487);
        } else {
            session.cancelled(leg);
        }
    }

    @Override
    public void lost(Leg leg) {
        hangUp();
    }

    @Override
    public void release(Leg leg) {
        Leg left = peerOf(leg);
        if (callee == null || ended || left == null) {
            return;
        }
        over();
        AwaitedBye.of(calls, left);
    }

    @Override
    public void hangUp() {
        if (callee == null) {
            giveUp(480);
            return;
        }
        if (!ended) {
            callee.bye(null);
            caller.bye(null);
            end();
        }
    }

    @Override
    public void drop() {
        ringing.forEach(branch -> branch.leg().close());
        end();
    }

    /** One side sent BYE. */
    private void ended(Leg by, @Nullable String reason) {
        Leg other = by == caller ? callee : caller;
        Transfer underway = transfer;
        if (callee == null) {
            giveUp(487);
        } else if (!ended && underway != null && other != null && underway.keeps(other)) {
            transfer = null;
            over();
            by.refuse(487);
            by.close();
            underway.transferorLeft();
        } else if (!ended && other != null) {
            by.refuse(487);
            other.refuse(487);
            other.bye(reason);
            end();
        }
    }

    /** Nobody takes the call: diverts the caller, or sends it the status. */
    private void unanswered(int status) {
        if (ended) {
            return;
        }
        if (diversion != null && opening != null && diversion.take(status, caller, opening)) {
            takenOver();
        } else {
            giveUp(status);
        }
    }

    /** Sends the caller the status, and stops ringing. */
    private void giveUp(int status) {
        if (ended) {
            return;
        }
        caller.refuse(status == 603 && caller.does(FieldBehaviour.MAPS_603_TO_403) ? 403 : status);
        cancelOthers(null);
        end();
    }

    private void cancelOthers(@Nullable String reason) {
        ringing.forEach(branch -> branch.leg().cancel(reason));
    }

    private void end() {
        over();
        caller.close();
        if (callee != null) {
            callee.close();
        }
    }

    /** Ends the call: its legs move to another call or are closed. */
    private void over() {
        ended = true;
        stopPatience();
        session.stop();
        // Devices that still ring close their legs once their INVITE has its final response.
        calls.ended(this);
        if (transfer != null) {
            transfer.abandoned();
            transfer = null;
        }
    }

    private void stopPatience() {
        if (patience != null) {
            patience.cancel();
            patience = null;
        }
    }

    /**
     * Chooses the better final status (RFC 3261 §16.7 step 6, simplified): busy and the like win
     * over a timeout.
     */
    static int better(int known, int other) {
        boolean silence = other == 408 || other == 480 || other == 487;
        return silence ? known : other;
    }
}
