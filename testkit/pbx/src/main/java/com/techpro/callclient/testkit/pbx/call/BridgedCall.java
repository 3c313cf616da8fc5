// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.call;

import com.techpro.callclient.engine.internal.sip.message.SipRequest;
import com.techpro.callclient.engine.internal.sip.message.SipResponse;
import com.techpro.callclient.engine.internal.sip.message.SipUri;
import com.techpro.callclient.engine.internal.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.testkit.pbx.media.Sdp;
import com.techpro.callclient.testkit.pbx.settings.FieldBehaviour;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A call between devices: one leg to the caller, one to each device that rings, until one of them answers. On the signalling loop.
 *
 * <pre>
 *            INVITE             first 2xx               BYE from either side
 *   (new) ----------> Ringing ------------> Talking ------------------------> Ended
 *                        |  CANCEL, no answer in time, or every device refused    ^
 *                        +--------------------------------------------------------+
 * </pre>
 */
public final class BridgedCall implements Call {
    static final String ANSWERED_ELSEWHERE = "SIP;cause=200;text=\"Call completed elsewhere\"";

    private final ActiveCalls calls;
    private final Leg caller;
    private final List<Branch> ringing = new ArrayList<>();
    private boolean severalBranches;
    private int bestRefusal = 480;
    private @Nullable Leg callee;
    private @Nullable Timer patience;
    private final BridgedSession session;
    /** Until the caller has acknowledged. */
    private @Nullable ConnectedLine connectedLine;

    private boolean progressed;
    private boolean ended;
    private final @Nullable Diversion diversion;
    private @Nullable ServerTransactionHandle opening;
    private @Nullable Transfer transfer;

    /** @param diversion where the caller may end up when nobody takes the call */
    public BridgedCall(ActiveCalls calls, Leg.Maker callerLeg, @Nullable Diversion diversion) {
        this.calls = calls;
        this.diversion = diversion;
        this.caller = callerLeg.make(this);
        this.session = new BridgedSession(calls, caller, this::hangUp);
    }

    /** A call of two devices that talk to others until now, and are let go of there. */
    private BridgedCall(ActiveCalls calls, Leg one, Leg other) {
        this.calls = calls;
        this.diversion = null;
        this.caller = one;
        this.callee = other;
        this.session = new BridgedSession(calls, one, this::hangUp);
    }

    /**
     * Connects two devices that talk to others until now; whom they talk to is left.
     *
     * @param ones what the one has just agreed to speak; null if it has to be asked
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

    /** What leads one of the two to somebody else. */
    public interface Transfer {
        /** Whether that one is led to somebody else, and so waits for it when the other has said goodbye. */
        boolean keeps(Leg leg);

        /** Whoever asked for it is gone. */
        void transferorLeft();

        /** The call is over. */
        void abandoned();
    }

    /** Whether one of the two is being led to somebody else. */
    public boolean isTransferring() {
        return transfer != null;
    }

    /** From here on, and until there is none. */
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

    /** Who talks to that one; null before anybody answers. */
    public @Nullable Leg peerOf(Leg leg) {
        return leg == caller ? callee : caller;
    }

    /** What was dialled; null where nobody dialled. */
    public @Nullable String dialled() {
        return opening == null ? null : opening.request().requestUri().user();
    }

    /** Takes a caller over whose call came to nothing. */
    public interface Diversion {
        /**
         * @param status what the caller would be told
         * @return whether it was taken over; if not, the caller is told
         */
        boolean take(int status, Leg caller, ServerTransactionHandle invite);

        /**
         * @param moved by which a device of whoever is called sends the caller on to somebody else
         * @return whether it was taken over; if not, that device is no longer called
         */
        boolean redirect(SipResponse moved, Leg caller, ServerTransactionHandle invite);
    }

    /** One device that rings. */
    private record Branch(Leg leg, InviteForwarding passage) {}

    /** Rings devices; the INVITE's offer, if it has one, is acceptable or the call is refused. */
    public void start(
            ServerTransactionHandle invite, List<Leg.Maker> devices, Map<String, String> headers, Duration noAnswer) {
        Sdp offer = null;
        if (invite.request().hasBody()) {
            offer = SdpBody.of(invite.request());
            if (offer == null || caller.media().acceptOffer(offer) == null) {
                // Each has a port that is open already. Who watches the caller hears nothing of it.
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

    /** Hears what one ringing device does. */
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

        /** This device rings no more. @return whether it does not matter any more */
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
                // RFC 3261 §16.7 step 5: a 6xx speaks for everybody.
                unanswered(status >= 600 ? status : bestRefusal);
            }
        }
    }

    /** The caller is with somebody else from here on. */
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

    /** Another device answers in place of those that ring, and has answered its own INVITE. */
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
                transaction.respond(
                        transaction.response(405).set("Allow", Call.ALLOW).build());
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
        Farewell.of(calls, left);
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

    /** One side said goodbye. */
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

    /** Nobody takes the call: the caller goes where it is diverted to, or is told. */
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

    /** The caller gets the status, ringing devices stop. */
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

    /** The legs go on, or are closed. */
    private void over() {
        ended = true;
        stopPatience();
        session.stop();
        // Devices that still ring close their legs when their INVITE's end is known.
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

    /** RFC 3261 §16.7 step 6, as far as it matters here: busy and the like say more than silence. */
    static int better(int known, int other) {
        boolean silence = other == 408 || other == 480 || other == 487;
        return silence ? known : other;
    }
}
