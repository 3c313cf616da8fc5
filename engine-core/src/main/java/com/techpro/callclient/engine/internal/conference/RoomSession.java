// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.conference;

import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.conference.ConferenceOptions.PinEntry;
import com.techpro.callclient.engine.conference.ConferenceOutcome;
import com.techpro.callclient.engine.conference.Roster;
import com.techpro.callclient.engine.internal.call.CallCommands;
import com.techpro.callclient.engine.internal.call.CallSession;
import com.techpro.callclient.engine.internal.call.party.Focus;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.message.SipParseException;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.refer.Referral;
import com.techpro.callclient.stack.sip.refer.ReferralOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A call to a conference room. It sends the PIN, detects a focus, and follows the roster. Belongs
 * to the loop.
 */
public final class RoomSession {
    /** Receives the room's events, on the loop. */
    public interface Listener {
        /** The room has answered. */
        void joined();

        void rosterChanged();
    }

    /**
     * A room's PIN, and when to send it.
     *
     * @param pause the delay after the event that {@code when} names
     */
    public record Pin(PinDigits keys, PinEntry when, Duration pause) {}

    private static final Duration LOOK_EVERY = Duration.ofMillis(300);

    private final EngineLoop loop;
    private final Random random;
    private final CallSession call;
    private final RosterView roster;
    private final Listener listener;
    private final List<Asked> referrals = new ArrayList<>();
    /** Null once it is sent. */
    private @Nullable Pin pin;

    private @Nullable Timer typing;
    private @Nullable Timer watching;
    private @Nullable Set<Integer> speaking;
    private @Nullable FocusSubscription focus;
    private boolean joined;
    private boolean over;
    private boolean reachable = true;

    public RoomSession(
            EngineLoop loop,
            Random random,
            CallSession call,
            SipAccount account,
            Function<PartyIdentity, Caller> who,
            @Nullable Pin pin,
            Listener listener) {
        this.loop = loop;
        this.random = random;
        this.call = call;
        this.roster = new RosterView(who, account);
        this.pin = pin;
        this.listener = listener;
    }

    /** Reacts to a possible change of the call. */
    public void follow() {
        loop.assertOnLoop();
        CallSnapshot now = call.snapshot();
        if (over) {
            return;
        }
        if (now.state() == CallState.ENDED) {
            end();
            return;
        }
        boolean established = now.state() == CallState.ESTABLISHED;
        if (established && !joined) {
            joined = true;
            listener.joined();
        }
        Pin due = pin;
        boolean listens = established || (due != null && due.when() == PinEntry.ON_PROMPT && now.codecAgreed());
        if (due != null && typing == null && listens) {
            typing = loop.schedule(due.pause(), () -> {
                typing = null;
                pin = null;
                due.keys().typeInto(keys -> call.commands().sendDtmf(keys, CallCommands.NO_ANSWER));
            });
        }
        if (joined && focus == null) {
            subscribe();
        }
    }

    private void subscribe() {
        Focus found = call.focus();
        if (found != null) {
            focus = new FocusSubscription(loop, random, found, listener::rosterChanged);
            listener.rosterChanged();
            watch();
            if (reachable) {
                focus.start();
            }
        }
    }

    /** Polls who is speaking, because that comes with the media, not with the roster. */
    private void watch() {
        watching = loop.schedule(LOOK_EVERY, () -> {
            watch();
            int[] named = call.sound().contributing();
            Set<Integer> now = named == null ? null : new HashSet<>();
            if (now != null) {
                Arrays.stream(named).forEach(now::add);
            }
            if (!Objects.equals(now, speaking)) {
                speaking = now;
                listener.rosterChanged();
            }
        });
    }

    /** Sets whether the account is registered; the subscription uses its connection. */
    public void reachable(boolean now) {
        if (reachable == now) {
            return;
        }
        reachable = now;
        if (focus != null && !over) {
            if (now) {
                focus.start();
            } else {
                focus.flowLost();
            }
        }
    }

    /** Returns the current roster. */
    public Roster roster() {
        if (!joined) {
            return new Roster.Waiting();
        }
        FocusSubscription told = focus;
        if (told == null || (told.isRefused() && told.state() == null)) {
            return new Roster.Unsupported();
        }
        ConferenceState state = told.state();
        return state == null
                ? new Roster.Waiting()
                : roster.of(state, told.isCurrent() && !over, over ? null : speaking);
    }

    /**
     * Asks the focus to call a party.
     *
     * @param outcome called once, on the loop
     */
    public void add(SipUri target, Consumer<ConferenceOutcome> outcome) {
        refer(target, outcome);
    }

    /**
     * Asks the focus to remove a participant.
     *
     * @param entity the participant's address at the focus
     * @param outcome called once, on the loop
     */
    public void remove(String entity, Consumer<ConferenceOutcome> outcome) {
        SipUri target;
        try {
            target = SipUri.parse(entity);
        } catch (SipParseException e) {
            target = null;
        }
        if (target == null || !target.isSip()) {
            outcome.accept(new ConferenceOutcome.Unsupported());
        } else {
            refer(target.withoutHeaders().withParam("method", "BYE"), outcome);
        }
    }

    private void refer(SipUri target, Consumer<ConferenceOutcome> outcome) {
        Focus at = over ? null : call.focus();
        if (at == null) {
            outcome.accept(new ConferenceOutcome.Unsupported());
            return;
        }
        Asked asked = new Asked(outcome);
        asked.referral = Referral.send(loop, at.stack(), at.endpoint(), at.conference(), target, result -> {
            referrals.remove(asked);
            outcome.accept(publicly(result));
        });
        referrals.add(asked);
    }

    /** A REFER whose outcome is not known yet. */
    private static final class Asked {
        private final Consumer<ConferenceOutcome> outcome;
        private @Nullable Referral referral;

        Asked(Consumer<ConferenceOutcome> outcome) {
            this.outcome = outcome;
        }

        /** Nobody will tell what came of it. */
        void dispose() {
            if (referral != null) {
                referral.dispose();
            }
            outcome.accept(new ConferenceOutcome.Accepted());
        }
    }

    private static ConferenceOutcome publicly(ReferralOutcome result) {
        if (result instanceof ReferralOutcome.Failed failed) {
            return new ConferenceOutcome.Failed(failed.why());
        }
        return result instanceof ReferralOutcome.Done ? new ConferenceOutcome.Done() : new ConferenceOutcome.Accepted();
    }

    private void end() {
        over = true;
        stopTimers();
        if (focus != null) {
            focus.leave();
        }
    }

    /** Whether it has ended and nothing is pending. */
    public boolean isQuiet() {
        return over && referrals.isEmpty() && (focus == null || focus.isOver());
    }

    /** Stops without sending anything, because the account is gone. */
    public void dispose() {
        over = true;
        stopTimers();
        if (focus != null) {
            focus.dispose();
        }
        List<Asked> pending = List.copyOf(referrals);
        referrals.clear();
        pending.forEach(Asked::dispose);
    }

    private void stopTimers() {
        if (watching != null) {
            watching.cancel();
            watching = null;
        }
        if (typing != null) {
            typing.cancel();
            typing = null;
        }
        if (pin != null) {
            pin.keys().wipe();
            pin = null;
        }
    }

    @Override
    public String toString() {
        return "RoomSession[" + call + "]";
    }
}
