// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.phone;

import com.techpro.callclient.engine.LoginResult;
import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.AudioLevels;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallQuality;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.call.LossBursts;
import com.techpro.callclient.engine.call.MicrophoneWarning;
import com.techpro.callclient.engine.call.PlayoutQuality;
import com.techpro.callclient.engine.call.QualitySample;
import com.techpro.callclient.engine.call.RemoteQuality;
import com.techpro.callclient.engine.call.SoundLevel;
import com.techpro.callclient.engine.call.VoiceEffects;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.message.MessageOutcome;
import com.techpro.callclient.engine.tone.ToneProblem;
import com.techpro.callclient.ports.audio.VoiceEffect;
import com.techpro.callclient.ports.phonesystem.LoginOutcome.Reason;
import com.techpro.callclient.ports.storage.SecureStoreException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The phone's texts, which say what happened and what to do. */
final class Wording {
    private static final int HISTORY_STEP = 10;

    private Wording() {}

    static String registration(RegistrationSnapshot registration) {
        String text = switch (registration.state()) {
            case REGISTERING -> "Logging in ...";
            case REGISTERED -> "Logged in. Type help for what you can do.";
            case WAITING -> "Not logged in. " + why(registration.failure()) + retry(registration.retryIn());
            case FAILED -> "Could not log in. " + why(registration.failure()) + " Quit and start again.";
            case UNREGISTERING -> "Logging out ...";
            case UNREGISTERED -> "Logged out.";
        };
        boolean warn = registration.weakenedSecurity() && registration.state() == RegistrationState.REGISTERED;
        return warn ? text + "\nWarning: this account accepts less protection than real use needs." : text;
    }

    /** Explains why a login failed, and what to do. */
    static String login(LoginResult result) {
        if (result instanceof LoginResult.Refused refused) {
            String reason = refused.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
            return "Could not log in. " + advice(refused.reason()) + " (" + reason + ")" + wait(refused.retryAfter());
        } else if (result instanceof LoginResult.Unreadable unreadable) {
            return "The data cannot be used. " + storage(unreadable.reason());
        } else if (result instanceof LoginResult.NothingStored) {
            return "Nobody is logged in.";
        } else if (result instanceof LoginResult.LoggedOut) {
            return "Logged out meanwhile.";
        } else if (result instanceof LoginResult.AlreadyLoggedIn || result instanceof LoginResult.InProgress) {
            return "You are logged in, or a login or logout has not ended. Wait for it, or log out first.";
        }
        return "Logged in.";
    }

    private static String advice(Reason reason) {
        return switch (reason) {
            case WRONG_CREDENTIALS ->
                "The phone system does not know this e-mail address with this password. Check both.";
            case SECOND_FACTOR_NEEDED ->
                "The phone system also wants a code. Start again in a terminal, which can ask you for it.";
            case LOCKED_OUT -> "There were too many wrong attempts. Wait a while before you try again.";
            case NOT_ALLOWED -> "You may not use this phone. Ask the administrator of your phone system.";
            case ADDRESS_INCOMPLETE ->
                "That is not a whole e-mail address: it lacks the @ or the domain. Name the phone system with --server"
                        + " if your user name has none.";
            case SERVER_NOT_FOUND ->
                "No phone system was found for this e-mail address. Ask its administrator for the server,"
                        + " and name it with --server.";
            case SERVER_UNREACHABLE ->
                "The phone system does not answer. Check the network and --server, or try again later.";
            case SERVER_UNTRUSTED ->
                "The server cannot prove that it is the phone system. If your organisation has its own certificate"
                        + " authority, name its certificate with --ca; otherwise do not continue.";
            case SERVER_FAILED -> "The phone system has a problem. Try again later.";
            case NOT_A_PHONE_SYSTEM ->
                "That server has no accounts of this kind for phones. Check --server, --system and --path.";
            case POLICY ->
                "Your organisation does not allow this phone system, or a setting that it asks for. Ask its"
                        + " administrator.";
        };
    }

    private static String wait(@Nullable Duration retryAfter) {
        return retryAfter == null ? "" : " Try again in " + Math.max(1, retryAfter.toSeconds()) + " s.";
    }

    /** Explains what is wrong with the storage, and what to do. */
    static String storage(SecureStoreException.Reason reason) {
        return switch (reason) {
            case KEY_MISSING, CORRUPT, ROLLED_BACK -> reason.advice() + " Start with --logout for that.";
            case UNAVAILABLE -> reason.advice() + " Start with --vault passphrase for that.";
            case LOCKED, WRONG_PASSPHRASE, TOO_NEW, FULL, IN_USE, FAILED -> reason.advice();
        };
    }

    static String ending(CallEnding ending) {
        return ending instanceof CallEnding.Failed failed
                ? failed.advice() + " (" + failed.code() + ")."
                : ending.advice();
    }

    static String message(MessageOutcome outcome) {
        if (outcome instanceof MessageOutcome.Delivered) {
            return "The text was delivered.";
        } else if (outcome instanceof MessageOutcome.Accepted) {
            return "The phone system keeps the text until a phone registers.";
        } else if (outcome instanceof MessageOutcome.Failed failed) {
            return "The text was not delivered. " + why(failed.failure());
        } else if (outcome instanceof MessageOutcome.Refused refused) {
            return "The text was not sent. " + refused.reason().advice();
        }
        return outcome.getClass().getSimpleName();
    }

    /** Returns it on one line; foreign text may contain terminal control characters. */
    static String text(String given) {
        StringBuilder shown = new StringBuilder();
        given.codePoints()
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .limit(500)
                .forEach(shown::appendCodePoint);
        return shown.toString().trim();
    }

    static String caller(Caller caller) {
        String number = caller.number().isEmpty() ? "anonymous" : caller.number();
        String organisation = caller.organisation();
        String name = caller.name();
        return name == null ? number : name + (organisation == null ? "" : " of " + organisation) + " <" + number + ">";
    }

    static String state(CallSnapshot call) {
        String state = switch (call.state()) {
            case DIALLING -> "dialling";
            case RINGING_OUT -> "ringing";
            case INCOMING -> "ringing here: answer or reject";
            case CONNECTING -> "connecting";
            case ESTABLISHED ->
                hold(call.hold()) + (call.holdAccepted() ? "" : ", not yet confirmed by the other side");
            case ENDED -> "ended";
        };
        return call.muted() ? state + ", muted" : state;
    }

    /** Returns one line, for the top of the screen. */
    static String quality(CallSnapshot call) {
        CallQuality quality = call.quality();
        if (quality == null) {
            return state(call) + ", no sound yet";
        }
        return String.format(
                Locale.ROOT,
                "%s | %s %s | loss %.1f %% | jitter %d ms | round trip %s | buffer %d ms | MOS %.1f",
                state(call),
                quality.codec(),
                quality.suite() == null ? "NOT ENCRYPTED" : quality.suite(),
                quality.latest().lossPercent(),
                quality.latest().jitter().toMillis(),
                quality.latest().roundTrip() == null
                        ? "?"
                        : quality.latest().roundTrip().toMillis() + " ms",
                quality.latest().bufferDelay().toMillis(),
                quality.latest().mos());
    }

    /** Returns all quality figures. */
    static String qualityInFull(CallSnapshot call) {
        CallQuality quality = call.quality();
        String line = quality(call);
        if (quality == null) {
            return line;
        }
        return line
                + String.format(
                        Locale.ROOT,
                        "%npackets sent %d, received %d, late %d, lost %d; frames concealed %d, playouts missed %d",
                        quality.sending().packets(),
                        quality.receiving().packets(),
                        quality.receiving().late(),
                        quality.receiving().lost(),
                        quality.receiving().framesConcealed(),
                        quality.receiving().framesLate())
                + bursts(quality.receiving().bursts())
                + playout(quality.playout())
                + remote(quality.remote())
                + history(quality.history())
                + (quality.sending().reducedEffort()
                        ? "\nThis computer is too slow for the best sound. Close other programs."
                        : "");
    }

    private static String bursts(@Nullable LossBursts bursts) {
        return bursts == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%nbursts of %d ms, of which %.1f %% is missing; gaps of %d ms with %.1f %%; burst ratio %.1f",
                        bursts.burstLength().toMillis(),
                        bursts.lossPercentInBursts(),
                        bursts.gapLength().toMillis(),
                        bursts.lossPercentInGaps(),
                        bursts.ratio());
    }

    private static String playout(@Nullable PlayoutQuality playout) {
        return playout == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%nplayed %d s: concealed %d ms in %d places, inserted %d ms, removed %d ms; %d packets"
                                + " recovered; too slow %d times, %d ms",
                        playout.played().toSeconds(),
                        playout.concealed().toMillis(),
                        playout.concealments(),
                        playout.inserted().toMillis(),
                        playout.removed().toMillis(),
                        playout.packetsRecovered(),
                        playout.underruns(),
                        playout.synthesized().toMillis());
    }

    private static String remote(@Nullable RemoteQuality remote) {
        if (remote == null) {
            return "";
        }
        RemoteQuality.VoipMetrics voip = remote.voip();
        String reports = String.format(
                Locale.ROOT,
                "%nthe other side reports: loss %.1f %%, jitter %d ms",
                remote.lossPercent(),
                remote.jitter().toMillis());
        return voip == null
                ? reports
                : reports
                        + String.format(
                                Locale.ROOT,
                                "; in all %.1f %% lost, %.1f %% late, bursts of %d ms, its own delay %s, MOS %s",
                                voip.lossPercent(),
                                voip.discardPercent(),
                                voip.bursts().burstLength().toMillis(),
                                voip.endSystemDelay() == null
                                        ? "?"
                                        : voip.endSystemDelay().toMillis() + " ms",
                                voip.mosConversational() == null
                                        ? "?"
                                        : String.format(Locale.ROOT, "%.1f", voip.mosConversational()));
    }

    /** The lowest score of each ten seconds, the oldest first. */
    private static String history(List<QualitySample> history) {
        if (history.size() < HISTORY_STEP) {
            return "";
        }
        StringBuilder line = new StringBuilder("\nMOS of each ten seconds:");
        for (int from = history.size() % HISTORY_STEP; from < history.size(); from += HISTORY_STEP) {
            double least = history.subList(from, from + HISTORY_STEP).stream()
                    .mapToDouble(QualitySample::mos)
                    .min()
                    .orElse(0);
            line.append(String.format(Locale.ROOT, " %.1f", least));
        }
        return line.toString();
    }

    static String levels(AudioLevels levels) {
        StringBuilder text =
                new StringBuilder("microphone " + level(levels.microphone()) + ", speaker " + level(levels.speaker()));
        levels.warnings().stream().sorted().forEach(warning -> text.append('\n').append(warning(warning)));
        return text.toString();
    }

    private static String warning(MicrophoneWarning warning) {
        return switch (warning) {
            case NO_SIGNAL -> "The microphone gives no signal. Switch it on, or choose another one with: use";
            case CLIPPING -> "The microphone is too loud. Set it to be less sensitive, or move away from it.";
            case ECHO -> "The other side may hear itself. Use a headset, or turn the speaker down.";
        };
    }

    static String effects(VoiceEffects effects) {
        return effects.byDevice().isEmpty() && effects.byEngine().isEmpty()
                ? ""
                : "\nvoice effects: by the device " + names(effects.byDevice()) + "; by this program "
                        + names(effects.byEngine());
    }

    private static String names(Set<VoiceEffect> effects) {
        return effects.isEmpty()
                ? "none"
                : effects.stream()
                        .sorted()
                        .map(effect -> effect.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                        .collect(Collectors.joining(", "));
    }

    private static String level(@Nullable SoundLevel level) {
        return level == null
                ? "closed"
                : level.equals(SoundLevel.SILENCE)
                        ? "silent"
                        : String.format(Locale.ROOT, "%.0f dBFS, peak %.0f", level.rms(), level.peak());
    }

    private static String hold(HoldState hold) {
        return switch (hold) {
            case NONE -> "talking";
            case LOCAL -> "on hold here";
            case REMOTE -> "on hold by the other side";
            case BOTH -> "on hold on both sides";
        };
    }

    private static String why(@Nullable Failure failure) {
        return failure == null ? "" : failure.advice() + " (" + failure.code() + ")";
    }

    private static String retry(@Nullable Duration retryIn) {
        return retryIn == null ? "" : " Trying again in " + Math.max(1, retryIn.toSeconds()) + " s.";
    }

    static String tone(ToneProblem problem) {
        return switch (problem) {
            case RING_FILE_UNREADABLE -> "The ring file does not exist, or may not be read; the usual ring is used.";
            case RING_FILE_UNPLAYABLE -> "The ring file is not a recording that can be played; use WAV, or Ogg Opus.";
            case NO_SPEAKER -> "A call is ringing, but there is no speaker for it.";
        };
    }
}
