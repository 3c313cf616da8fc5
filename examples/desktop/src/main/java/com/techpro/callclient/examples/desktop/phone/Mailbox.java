// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.phone;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.voicemail.Playback;
import com.techpro.callclient.engine.voicemail.PlaybackOptions;
import com.techpro.callclient.engine.voicemail.VoicemailItem;
import com.techpro.callclient.engine.voicemail.VoicemailOutcome;
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot;
import com.techpro.callclient.ports.voicemail.VoicemailMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The voicemail messages, and the player of one of them. */
public final class Mailbox {
    private final Phone phone;
    private @Nullable Playback playback;

    Mailbox(Phone phone) {
        this.phone = phone;
    }

    private VoicemailSnapshot snapshot() {
        return phone.locked()
                ? VoicemailSnapshot.empty(VoicemailSnapshot.Availability.NOT_LOGGED_IN)
                : phone.client().voicemail().snapshot();
    }

    public List<Row> messages() {
        return snapshot().messages().stream().map(this::row).toList();
    }

    private Row row(VoicemailItem item) {
        VoicemailMessage message = item.message();
        Duration length = message.duration();
        String number = item.caller().number();
        String name = Words.name(item.caller());
        String detail = number.equals(name) ? "" : number;
        if (length != null) {
            detail = "Message, " + Words.length(length);
        }
        return new Row(
                item.id(),
                number,
                name,
                detail,
                Words.when(
                        message.received(),
                        phone.clock().instant(),
                        phone.clock().getZone()),
                null,
                message.heard() ? Row.Mark.HEARD : Row.Mark.UNHEARD);
    }

    /** Returns the number of unheard messages. */
    public int unheard() {
        return snapshot().unheard();
    }

    /** Returns a one-line summary of the mailbox. */
    public String summary() {
        VoicemailSnapshot now = snapshot();
        if (now.problem() != null) {
            return now.problem().advice();
        }
        return switch (now.availability()) {
            case NOT_LOGGED_IN -> "You are not logged in.";
            case OFF -> "Your organisation has switched voicemail off.";
            case ABSENT -> "The phone system has no voicemail.";
            case DIAL_IN -> "This mailbox can be heard only by calling it.";
            case UNREAD -> "Reading the mailbox…";
            case AVAILABLE -> now.total() == 0 ? "No messages" : counted(now.total()) + ", " + now.unheard() + " new";
        };
    }

    private static String counted(int messages) {
        return messages == 1 ? "1 message" : messages + " messages";
    }

    /** Whether the mailbox can be called. */
    public boolean canBeCalled() {
        return !phone.locked() && phone.loggedIn() && phone.client().voicemail().dialIn() != null;
    }

    public void call() {
        Call call = phone.client().voicemail().dialVoicemail();
        if (call != null) {
            phone.calls().bringToFront(call.id());
        }
    }

    public void delete(String id) {
        Playback now = playback;
        if (now != null && now.messageId().equals(id)) {
            stop();
        }
        var unused = phone.client().voicemail().delete(id).thenAccept(this::tell);
    }

    /** Restores the last deleted message, for half a minute. */
    public void undelete() {
        snapshot().deleted().stream().findFirst().ifPresent(item -> {
            var unused = phone.client().voicemail().undelete(item.id()).thenAccept(this::tell);
        });
    }

    public boolean canUndelete() {
        return !snapshot().deleted().isEmpty();
    }

    private void tell(VoicemailOutcome outcome) {
        if (outcome.problem() != null) {
            phone.tellProblem("The mailbox request failed.", outcome.problem().advice());
        }
    }

    // --- The player

    /** Plays a message from its beginning. */
    public void play(String id) {
        String speaker = phone.devices().options().playbackDevice();
        playback = phone.client()
                .voicemail()
                .play(id, speaker == null ? PlaybackOptions.DEFAULT : PlaybackOptions.DEFAULT.on(speaker));
        phone.changed();
    }

    public void pauseOrResume() {
        Playback now = playback;
        if (now == null) {
            return;
        }
        switch (now.snapshot().state()) {
            case PLAYING, WAITING -> now.pause();
            default -> now.resume().thenAccept(phone::tellRefusal);
        }
    }

    /** @param fraction of the message, 0 to 1 */
    public void seek(double fraction) {
        Playback now = playback;
        Duration whole = now == null ? null : now.snapshot().duration();
        if (now != null && whole != null) {
            now.seek(Duration.ofMillis(Math.round(whole.toMillis() * Math.min(1, Math.max(0, fraction)))));
            phone.changed();
        }
    }

    public void stop() {
        Playback now = playback;
        playback = null;
        if (now != null) {
            now.close();
        }
        phone.changed();
    }

    /** Returns the player's state; empty while nothing is played. */
    public Optional<Player> player() {
        Playback now = playback;
        if (now == null || phone.locked()) {
            return Optional.empty();
        }
        String name = snapshot().messages().stream()
                .filter(item -> item.id().equals(now.messageId()))
                .map(item -> Words.name(item.caller()))
                .findFirst()
                .orElse("Message");
        return Player.of(name, now.snapshot());
    }
}
