// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.phone;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.LoginResult;
import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallQuality;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.call.MicrophoneWarning;
import com.techpro.callclient.engine.conference.ConferenceSnapshot;
import com.techpro.callclient.engine.conference.Participant;
import com.techpro.callclient.engine.conference.Roster;
import com.techpro.callclient.engine.people.CallOutcome;
import com.techpro.callclient.engine.people.HistoryEntry;
import com.techpro.callclient.engine.presence.BusyLampSnapshot;
import com.techpro.callclient.engine.voicemail.PlaybackSnapshot;
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot;
import com.techpro.callclient.ports.phonesystem.Profile;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Texts for the engine's snapshots and results. */
public final class Words {
    private static final String WITHHELD = "Number withheld";
    /** Endings that the user expects. */
    private static final Set<Class<? extends CallEnding>> EXPECTED = Set.of(
            CallEnding.LocalHangUp.class,
            CallEnding.RemoteHangUp.class,
            CallEnding.Cancelled.class,
            CallEnding.RejectedHere.class,
            CallEnding.Forwarded.class);

    private Words() {}

    // --- People and times

    public static String name(Caller caller) {
        return caller.display().isEmpty() ? WITHHELD : caller.display();
    }

    /** Returns the number, unless {@link #name} is the number already. */
    public static String number(Caller caller) {
        return caller.number().equals(caller.display()) ? "" : caller.number();
    }

    /** Returns the user's name, or the extension; empty if nobody is logged in. */
    public static String user(@Nullable Profile profile) {
        if (profile == null) {
            return "";
        } else if (profile.displayName() != null) {
            return profile.displayName();
        } else if (profile.firstName() == null) {
            return "Extension " + profile.extension();
        }
        return profile.lastName() == null ? profile.firstName() : profile.firstName() + " " + profile.lastName();
    }

    /** Returns up to two letters for a person without a picture; empty for a number. */
    public static String initials(String name) {
        StringBuilder letters = new StringBuilder();
        for (String word : name.strip().split("\\s+", -1)) {
            if (!word.isEmpty() && Character.isLetter(word.codePointAt(0)) && letters.length() < 2) {
                letters.append(word.substring(0, 1).toUpperCase(Locale.ROOT));
            }
        }
        return letters.toString();
    }

    /** Minutes and seconds, with hours if needed. */
    public static String length(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    /** The time if today, the day if this week, else the date. */
    public static String when(Instant then, Clock clock) {
        ZonedDateTime time = then.atZone(clock.getZone());
        LocalDate today = LocalDate.now(clock);
        LocalDate day = time.toLocalDate();
        if (day.equals(today)) {
            return format("HH:mm", time);
        } else if (day.equals(today.minusDays(1))) {
            return "Yesterday";
        } else if (day.isAfter(today.minusDays(7)) && day.isBefore(today)) {
            return format("EEEE", time);
        }
        return format(day.getYear() == today.getYear() ? "d MMM" : "d MMM yyyy", time);
    }

    private static String format(String pattern, ZonedDateTime time) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(time);
    }

    // --- The account

    /** Whether incoming calls can arrive. */
    public static String registration(Account account) {
        return switch (account.registration().state()) {
            case REGISTERED -> "Ready for calls";
            case WAITING -> "No connection; trying again";
            case FAILED -> "You cannot receive calls";
            case UNREGISTERED, UNREGISTERING -> "Logged out";
            case REGISTERING -> "Connecting…";
        };
    }

    /** Null for a successful login, and if there was none to restore. */
    static @Nullable Notice login(LoginResult result) {
        if (result instanceof LoginResult.Refused refused) {
            return Notice.problem("The login failed.", refused.reason().advice());
        } else if (result instanceof LoginResult.Unreadable unreadable) {
            return Notice.problem(
                    "The stored data cannot be read.", unreadable.reason().advice());
        } else if (result instanceof LoginResult.AlreadyLoggedIn) {
            return Notice.problem("You are already logged in.", "Log out first.");
        } else if (result instanceof LoginResult.InProgress) {
            return Notice.problem("A login or logout is in progress.", "Wait for it.");
        }
        return null;
    }

    // --- Calls

    /** @param sounds whether microphone and loudspeaker work */
    public static String status(CallSnapshot call, boolean sounds) {
        return switch (call.state()) {
            case DIALLING -> "Calling…";
            case RINGING_OUT -> "Ringing…";
            case INCOMING -> "Incoming call";
            case CONNECTING -> "Connecting…";
            case ESTABLISHED ->
                sounds || call.hold() != HoldState.NONE ? established(call) : "Microphone or loudspeaker does not work";
            case ENDED -> "Call ended";
        };
    }

    private static String established(CallSnapshot call) {
        if (call.transferring()) {
            return "Transferring…";
        }
        return switch (call.hold()) {
            case LOCAL -> call.holdAccepted() ? "On hold" : "On hold, not yet confirmed by the other side";
            case REMOTE -> "You are on hold";
            case BOTH -> "On hold on both sides";
            case NONE ->
                call.nothingArrives() ? "No sound received" : call.muted() ? "Your microphone is off" : "Connected";
        };
    }

    /** The time since the answer; empty before it. */
    public static String timer(CallSnapshot call, Clock clock) {
        Instant answered = call.answered();
        return answered == null ? "" : length(Duration.between(answered, clock.instant()));
    }

    /** Empty while nothing is agreed. */
    public static String encryption(CallSnapshot call) {
        return !call.codecAgreed() ? "" : call.encrypted() ? "Encrypted" : "Not encrypted";
    }

    /** Further information on {@link #encryption}. */
    public static String cipher(CallSnapshot call) {
        return call.encrypted() && call.cipher() != null
                ? "Nobody can listen in: " + call.cipher().name().replace('_', '-')
                : "Others can listen in on this call";
    }

    /** The audio heard, by its mean opinion score (ITU-T G.107, annex B). */
    public static String quality(CallQuality measured) {
        double mos = measured.latest().mos();
        return mos >= 4.0 ? "Very good" : mos >= 3.6 ? "Good" : mos >= 3.1 ? "Fair" : mos >= 2.6 ? "Poor" : "Bad";
    }

    /** Further information on {@link #quality}. */
    public static String measurement(CallQuality measured) {
        return String.format(
                Locale.ROOT,
                "%s, %.1f %% of the sound lost, jitter %d ms",
                measured.codec(),
                measured.latest().lossPercent(),
                measured.latest().jitter().toMillis());
    }

    public static String warning(MicrophoneWarning warning) {
        return switch (warning) {
            case NO_SIGNAL -> "No signal. Switch it on, or choose another one.";
            case CLIPPING -> "Too loud. Move away from it.";
            case ECHO -> "The other side may hear itself. Use a headset, or turn the speaker down.";
        };
    }

    /** Null if the user expects the end of the call. */
    static @Nullable Notice ending(CallEnding ending, Caller caller) {
        if (EXPECTED.contains(ending.getClass())) {
            return null;
        }
        return new Notice(
                ending instanceof CallEnding.Failed,
                (ending instanceof CallEnding.CancelledByCaller ? "Missed call: " : "Call ended: ") + name(caller)
                        + ".",
                ending.advice());
    }

    static Notice refusal(CommandRefusal reason) {
        return Notice.problem("That is not possible now.", reason.advice());
    }

    // --- Lists

    public static String lamp(BusyLampSnapshot lamp) {
        return switch (lamp.state()) {
            case IDLE -> "Available";
            case RINGING -> lamp.caller() == null ? "Ringing" : "Ringing: call from " + name(lamp.caller());
            case TALKING -> "In a call";
            default -> of(lamp.state());
        };
    }

    public static String name(HistoryEntry.CallRecord call) {
        String name = call.name();
        return name != null ? name : call.withheld() || call.number().isEmpty() ? WITHHELD : call.number();
    }

    public static String outcome(HistoryEntry.CallRecord call) {
        boolean incoming = call.direction() == CallDirection.INCOMING;
        return call.outcome() == CallOutcome.ANSWERED
                ? (incoming ? "Incoming, " : "Outgoing, ") + length(call.duration())
                : call.outcome() == CallOutcome.MISSED ? "Missed call" : of(call.outcome());
    }

    /** The name of a constant as text: NO_ANSWER is "No answer". */
    private static String of(Enum<?> constant) {
        return constant.name().charAt(0)
                + constant.name().substring(1).toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    public static String mailbox(VoicemailSnapshot now) {
        if (now.problem() != null) {
            return now.problem().advice();
        }
        return switch (now.availability()) {
            case NOT_LOGGED_IN -> "You are not logged in.";
            case OFF -> "Your organisation has switched voicemail off.";
            case ABSENT -> "The phone system has no voicemail.";
            case DIAL_IN -> "This mailbox can be heard only by calling it.";
            case UNREAD -> "Reading the mailbox…";
            case AVAILABLE ->
                now.total() == 0
                        ? "No messages"
                        : now.total() + (now.total() == 1 ? " message, " : " messages, ") + now.unheard() + " new";
        };
    }

    public static String playback(PlaybackSnapshot now) {
        return now.problem() == null ? of(now.state()) : now.problem().advice();
    }

    public static String room(ConferenceSnapshot now) {
        if (now.state() == ConferenceSnapshot.State.JOINING) {
            return "Entering…";
        }
        return now.roster() instanceof Roster.Unsupported
                ? "This room does not show who is in it"
                : "You are in room " + (now.name() == null ? now.room() : now.name());
    }

    public static String participant(Participant who) {
        return !who.present()
                ? "Entering…"
                : who.onHold()
                        ? "On hold"
                        : who.muted() ? "Muted" : Boolean.TRUE.equals(who.talking()) ? "Talking" : "Listening";
    }
}
