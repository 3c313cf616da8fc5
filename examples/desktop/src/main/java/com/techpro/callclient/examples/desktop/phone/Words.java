// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.phone;

import com.techpro.callclient.engine.LoginResult;
import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.call.MicrophoneWarning;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Texts for the engine's states and results. */
final class Words {
    private Words() {}

    static String name(Caller caller) {
        return caller.display().isEmpty() ? "Number withheld" : caller.display();
    }

    /** Returns up to two letters for a person without a picture; a hash sign for a number. */
    static String initials(String name) {
        StringBuilder letters = new StringBuilder();
        for (String word : name.strip().split("\\s+", -1)) {
            if (!word.isEmpty() && Character.isLetter(word.codePointAt(0)) && letters.length() < 2) {
                letters.append(word.substring(0, 1).toUpperCase(Locale.ROOT));
            }
        }
        return letters.isEmpty() ? "#" : letters.toString();
    }

    /** Minutes and seconds, with hours if needed. */
    static String length(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    /** The time if today, the day if this week, else the date. */
    static String when(Instant then, Instant now, ZoneId zone) {
        ZonedDateTime time = then.atZone(zone);
        LocalDate today = now.atZone(zone).toLocalDate();
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

    static String warning(MicrophoneWarning warning) {
        return switch (warning) {
            case NO_SIGNAL -> "No signal. Switch it on, or choose another one.";
            case CLIPPING -> "Too loud. Move away from it.";
            case ECHO -> "The other side may hear itself. Use a headset, or turn the speaker down.";
        };
    }

    private static String format(String pattern, ZonedDateTime time) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(time);
    }

    static String registration(RegistrationSnapshot registration) {
        return switch (registration.state()) {
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

    /** Null if the user expects the end of the call. */
    static @Nullable Notice ending(CallEnding ending, String name) {
        if (ending instanceof CallEnding.Failed failed) {
            return Notice.problem(
                    "The call with " + name + " failed.", failed.failure().advice());
        } else if (ending instanceof CallEnding.Busy) {
            return Notice.problem(name + " is busy.", "Try again later.");
        } else if (ending instanceof CallEnding.Declined) {
            return Notice.problem(name + " declined the call.", "");
        } else if (ending instanceof CallEnding.NoAnswer) {
            return Notice.problem("Nobody answered: " + name + ".", "Try again later.");
        } else if (ending instanceof CallEnding.NotFound) {
            return Notice.problem("There is no such number.", "Check the number and dial again.");
        } else if (ending instanceof CallEnding.Unavailable) {
            return Notice.problem(name + " cannot be reached now.", "Try again later.");
        } else if (ending instanceof CallEnding.MediaTimeout) {
            return Notice.problem("The call with " + name + " was cut off.", "No more sound was received; call again.");
        } else if (ending instanceof CallEnding.CancelledByCaller) {
            return Notice.information("Missed call: " + name + ".");
        } else if (ending instanceof CallEnding.Transferred) {
            return Notice.information("The call was transferred.");
        } else if (ending instanceof CallEnding.AnsweredElsewhere) {
            return Notice.information("Another of your phones answered the call.");
        }
        return null;
    }

    static Notice refusal(CommandRefusal reason) {
        String why = switch (reason) {
            case ENDED -> "The call has ended.";
            case NOT_RINGING_HERE, NOT_ANSWERED -> "Answer the call first.";
            case MICROPHONE_DENIED -> "Allow this program to use the microphone, then answer again.";
            case HELD_AGAIN -> "The call was put on hold again.";
            case TOO_MANY_DIGITS -> "Too many digits wait to be sent; press more slowly.";
            case UNKNOWN_KEYS -> "This room has no keys for that.";
            case NOT_ESTABLISHED -> "The other side has not answered yet.";
            case HELD_BY_OTHER_SIDE -> "The other side has put you on hold.";
            case DIFFERENT_AUDIO, NO_SOUND -> "The sound of the two calls cannot be mixed.";
            case MERGED_ALREADY -> "The calls are already merged.";
            case TRANSFERRING_ALREADY -> "The call is already being transferred.";
            case NO_TRANSFER_REQUESTED -> "There is no transfer request any more.";
            case NOT_PERMITTED -> "Your organisation does not allow this; ask your administrator.";
            case OTHER_SIDE_REFUSED -> "The other side refused; the call is unchanged.";
            case NO_SUCH_FAVORITE -> "The favourite was removed before.";
            case TOO_MANY_FAVORITES -> "The list is full; remove a favourite first.";
            case NO_SUCH_ACCOUNT -> "The account was removed.";
            case IN_CALL -> "Messages do not play during a call.";
            case CLIENT_CLOSED -> "The program is closing.";
            case OTHER_SIDE_UNREACHABLE -> "The other side does not answer; the call is unchanged.";
        };
        return Notice.problem("That is not possible now.", why);
    }
}
