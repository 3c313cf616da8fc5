// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.call.CallCommand;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.internal.sip.SipEndpoint;
import com.techpro.callclient.engine.internal.sip.dialog.Dialog;
import com.techpro.callclient.engine.internal.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Hears what signalling, media and devices have to say of one call: what the machine must know is fed to it, and what only the host wants to
 * know is told. Belongs to the loop.
 */
final class CallPartsListener implements CallSignalling.Listener, CallMedia.Listener, AudioPath.Listener {
    private final CallSession call;
    private final CallSession.Owner owner;
    private final SnapshotPublisher view;
    private final CallReporter reporter;
    private final LongSupplier clock;
    private final ReceivedDtmf keys = new ReceivedDtmf();

    /** @param clock in nanoseconds */
    CallPartsListener(
            CallSession call,
            CallSession.Owner owner,
            SnapshotPublisher view,
            CallReporter reporter,
            LongSupplier clock) {
        this.clock = clock;
        this.call = call;
        this.owner = owner;
        this.view = view;
        this.reporter = reporter;
    }

    @Override
    public void input(CallInput input) {
        call.feed(input);
    }

    @Override
    public void transferRequested(ServerTransactionHandle refer, SipEndpoint endpoint, Dialog within) {
        call.transfers().requested(refer, endpoint, within);
    }

    @Override
    public void replaced() {
        call.transfers().replaced();
    }

    @Override
    public void identified(PartyIdentity party) {
        if (isOver() || party.equals(view.snapshot().remote())) {
            return;
        }
        view.identified(party);
        CallSnapshot asTold = view.snapshot();
        owner.identified(call);
        if (view.snapshot().equals(asTold)) {
            // Whoever knows more has told it.
            reporter.tell(new CallEvent.CallerChanged(asTold));
        }
    }

    @Override
    public void keyPressed(DtmfInfo key) {
        keyPressed(key.tone(), ReceivedDtmf.Path.INFO, key.length());
    }

    @Override
    public void keyPressed(char tone, Duration length) {
        keyPressed(tone, ReceivedDtmf.Path.TELEPHONE_EVENT, length);
    }

    private void keyPressed(char tone, ReceivedDtmf.Path path, Duration length) {
        if (!isOver() && keys.isNew(tone, path, length, clock.getAsLong())) {
            reporter.tell(new CallEvent.DtmfReceived(reporter.snapshot(), tone, length));
        }
    }

    @Override
    public void keyed(SrtpSuite cipher) {
        view.keyed(cipher, reporter.snapshot().quality()).forEach(reporter::tell);
    }

    @Override
    public void wayLost() {
        call.paths().findAnother();
    }

    @Override
    public boolean trickled(String fragment) {
        return call.paths().trickled(fragment);
    }

    @Override
    public void candidatesFound() {
        call.tellCandidates();
    }

    @Override
    public void keysRefused(CommandRefusal why) {
        if (!isOver()) {
            reporter.refuse(CallCommand.SEND_DTMF, why);
        }
    }

    @Override
    public void nothingArrives(boolean now) {
        CallEvent changed = view.nothingArrives(now);
        if (changed != null) {
            reporter.tell(changed);
        }
    }

    @Override
    public void interrupted(Failure failure) {
        reporter.tell(new CallEvent.AudioInterrupted(reporter.snapshot(), failure));
    }

    @Override
    public void restored() {
        reporter.tell(new CallEvent.AudioRestored(reporter.snapshot()));
    }

    private boolean isOver() {
        return call.phase() instanceof CallPhase.Terminated;
    }
}
