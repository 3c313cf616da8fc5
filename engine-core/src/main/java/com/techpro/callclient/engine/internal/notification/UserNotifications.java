// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.notification;

import com.techpro.callclient.engine.MessagesWaiting;
import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.engine.internal.account.AccountSession;
import com.techpro.callclient.engine.internal.call.CallSession;
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot;
import com.techpro.callclient.ports.notification.Notice;
import com.techpro.callclient.ports.notification.NotificationPort;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.loop.EngineLoop;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Tells the user of calls, missed calls, voicemail and the connection (promise U7), while they permit it (promise P3). Belongs to the loop. */
public final class UserNotifications {
    /** A connection that is back within this time was not worth telling of: every change of network breaks it for a moment. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String RINGS = "call-";

    private final EngineLoop loop;
    private final Executor callbacks;
    private final NotificationPort port;
    private final BooleanSupplier permitted;
    private final UnaryOperator<Caller> shownCaller;
    /** The calls that ring, with what is shown of their callers. */
    private final Map<CallSession, Caller> ringing = new HashMap<>();

    private final Map<AccountSession, Connection> connections = new HashMap<>();
    /** By the line. */
    private final Map<String, VoicemailNotifications> voicemail = new HashMap<>();

    /**
     * @param permitted whether the user permits notices, asked at each use (promise R2)
     * @param shownCaller what of a caller may be shown now
     */
    public UserNotifications(
            EngineLoop loop,
            Executor callbacks,
            NotificationPort port,
            BooleanSupplier permitted,
            UnaryOperator<Caller> shownCaller) {
        this.loop = loop;
        this.callbacks = callbacks;
        this.port = port;
        this.permitted = permitted;
        this.shownCaller = shownCaller;
    }

    /** It rings, and the host hears of it now. */
    public void rings(CallSession call) {
        loop.assertOnLoop();
        if (call.snapshot().ending() == null) {
            showRinging(call, shownCaller.apply(call.snapshot().caller()));
        }
    }

    /** The app was locked or unlocked, and callers may be hidden until then. */
    public void lockChanged() {
        loop.assertOnLoop();
        for (CallSession call : Set.copyOf(ringing.keySet())) {
            Caller caller = shownCaller.apply(call.snapshot().caller());
            if (!caller.equals(ringing.get(call))) {
                showRinging(call, caller);
            }
        }
    }

    private void showRinging(CallSession call, Caller caller) {
        ringing.put(call, caller);
        show(new Notice.IncomingCall(ringId(call), call.id(), caller.name(), caller.number()));
    }

    public void changed(CallSession call, CallEvent event) {
        CallSnapshot after = event.after();
        if (after.state() != CallState.INCOMING && ringing.remove(call) != null) {
            withdraw(ringId(call));
        }
        if (event instanceof CallEvent.Ended ended
                && after.direction() == CallDirection.INCOMING
                && after.answered() == null
                && isMissed(ended.ending())) {
            Caller caller = shownCaller.apply(after.caller());
            show(new Notice.MissedCall(missedId(call, after), caller.name(), caller.number(), after.started()));
        }
    }

    public void silenced(CallSession call) {
        if (ringing.containsKey(call)) {
            callbacks.execute(() -> port.silence(ringId(call)));
        }
    }

    /** What this user, or another phone of theirs, dealt with was not missed. */
    private static boolean isMissed(CallEnding ending) {
        if (ending instanceof CallEnding.RejectedHere rejected) {
            return rejected.reason() == RejectReason.UNAVAILABLE;
        }
        return !(ending instanceof CallEnding.AnsweredElsewhere
                || ending instanceof CallEnding.Forwarded
                || ending instanceof CallEnding.LocalHangUp);
    }

    public void messagesWaiting(AccountSession accountSession, MessagesWaiting summary) {
        about(accountSession.id(), newsOf(accountSession.id()).lamp(summary));
    }

    /** What is known of the mailbox of that line's user has changed. */
    public void voicemail(String lineId, VoicemailSnapshot after) {
        loop.assertOnLoop();
        about(lineId, newsOf(lineId).list(after));
    }

    private VoicemailNotifications newsOf(String lineId) {
        return voicemail.computeIfAbsent(lineId, fresh -> new VoicemailNotifications());
    }

    private void about(String lineId, VoicemailNotifications.Verdict verdict) {
        if (verdict instanceof VoicemailNotifications.Verdict.Tell news) {
            show(new Notice.VoicemailWaiting(voicemailId(lineId), news.count()));
        } else if (verdict instanceof VoicemailNotifications.Verdict.TakeBack) {
            withdraw(voicemailId(lineId));
        }
    }

    public void registrationChanged(AccountSession accountSession, RegistrationSnapshot after) {
        Connection connection = connections.computeIfAbsent(accountSession, Connection::new);
        if (after.state() == RegistrationState.REGISTERED) {
            connection.up();
        } else if (after.state() == RegistrationState.WAITING) {
            connection.failing();
        } else if (after.state() == RegistrationState.FAILED) {
            connection.lost();
        } else if (after.state() == RegistrationState.UNREGISTERING) {
            connection.end();
        }
    }

    public void gone(AccountSession accountSession) {
        Connection connection = connections.remove(accountSession);
        if (connection != null) {
            connection.end();
        }
        voicemail.remove(accountSession.id());
        withdraw(voicemailId(accountSession.id()));
    }

    /** The app has just started: what rang in an earlier process of it rings no more. */
    public void begin() {
        loop.assertOnLoop();
        withdrawShown(id -> id.startsWith(RINGS));
    }

    /** A user has logged out: nothing stays but what tells of accounts that are left, be it from an earlier process of the app. */
    public void forget() {
        loop.assertOnLoop();
        Set<String> kept = new HashSet<>();
        ringing.keySet().forEach(call -> kept.add(ringId(call)));
        connections.forEach((accountSession, connection) -> {
            kept.add(connection.id);
            kept.add(voicemailId(accountSession.id()));
        });
        withdrawShown(id -> !kept.contains(id));
    }

    private void withdrawShown(Predicate<String> which) {
        callbacks.execute(() -> port.shownIds().stream().filter(which).forEach(port::withdraw));
    }

    private void show(Notice notice) {
        if (permitted.getAsBoolean()) {
            callbacks.execute(() -> port.show(notice));
        }
    }

    private void withdraw(String id) {
        callbacks.execute(() -> port.withdraw(id));
    }

    private static String voicemailId(String lineId) {
        return "voicemail-" + lineId;
    }

    /** Calls are counted anew in each process of the app, and what an earlier one told of is still shown. */
    private static String missedId(CallSession call, CallSnapshot missed) {
        return "missed-" + missed.started().toEpochMilli() + "-" + call.id();
    }

    private static String ringId(CallSession call) {
        return RINGS + call.id();
    }

    /** Whether one account can be called, as far as the user was told. */
    private final class Connection {
        private final String id;
        private boolean wasUp;
        private boolean toldLost;
        private @Nullable Timer patience;

        Connection(AccountSession accountSession) {
            this.id = "connection-" + accountSession.id();
        }

        void up() {
            stopWaiting();
            wasUp = true;
            if (toldLost) {
                toldLost = false;
                show(new Notice.ConnectionRestored(id));
            }
        }

        void failing() {
            if (wasUp && !toldLost && patience == null) {
                patience = loop.schedule(PATIENCE, this::lost);
            }
        }

        void lost() {
            stopWaiting();
            if (wasUp && !toldLost) {
                toldLost = true;
                show(new Notice.ConnectionLost(id));
            }
        }

        void end() {
            stopWaiting();
            wasUp = false;
            toldLost = false;
            withdraw(id);
        }

        private void stopWaiting() {
            if (patience != null) {
                patience.cancel();
                patience = null;
            }
        }
    }
}
