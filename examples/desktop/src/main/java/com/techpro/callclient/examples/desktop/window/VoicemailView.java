// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import com.techpro.callclient.engine.voicemail.Playback;
import com.techpro.callclient.engine.voicemail.PlaybackOptions;
import com.techpro.callclient.engine.voicemail.PlaybackSnapshot;
import com.techpro.callclient.engine.voicemail.Voicemail;
import com.techpro.callclient.engine.voicemail.VoicemailItem;
import com.techpro.callclient.engine.voicemail.VoicemailOutcome;
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot;
import com.techpro.callclient.examples.desktop.phone.Phone;
import com.techpro.callclient.examples.desktop.phone.Words;
import java.awt.BorderLayout;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import javax.swing.Box;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JSlider;
import org.jspecify.annotations.Nullable;

/** The messages, and the player. */
final class VoicemailView extends JPanel {
    private static final int STEPS = 1_000;
    private static final VoicemailSnapshot LOCKED =
            VoicemailSnapshot.empty(VoicemailSnapshot.Availability.NOT_LOGGED_IN);

    private final Phone phone;
    private final Voicemail voicemail;
    private final JLabel summary = Parts.named("voicemail summary", "Mailbox", Parts.label("", "muted"));
    private final RowList<VoicemailItem> list = new RowList<>("messages", "Messages", "", this::play);
    private final JButton dial;
    private final JButton undo;
    private final JPanel player;
    private final JLabel name = Parts.label("", "semibold");
    private final JLabel state = Parts.named("player state", "Player", Parts.label("", "muted"));
    private final JLabel time = Parts.named("player time", "Position", Parts.label("", "muted"));
    private final JButton toggle = Parts.icon("pause", "Pause", Glyph.PAUSE, this::pauseOrResume);
    private final JSlider slider = Parts.named("player position", "Position in the message", new JSlider(0, STEPS, 0));
    private @Nullable Playback playback;
    private boolean refreshing;

    VoicemailView(Phone phone) {
        this.phone = phone;
        voicemail = phone.client().voicemail();
        dial = Parts.icon(
                "dial mailbox",
                "Call the mailbox",
                Glyph.HANDSET,
                () -> phone.begin(voicemail::dialVoicemail, "This mailbox cannot be called."));
        undo = Parts.icon("undelete", "Restore deleted messages", Glyph.UNDO, this::undelete);
        slider.setOpaque(false);
        slider.addChangeListener(moved -> seek());
        JButton stop = Parts.icon("stop", "Close the player", Glyph.CLOSE, this::stop);
        player = Parts.styled(new JPanel(new BorderLayout(10, 4)), "surface");
        player.add(Parts.row(0, name, Box.createHorizontalGlue(), stop), BorderLayout.NORTH);
        player.add(toggle, BorderLayout.WEST);
        player.add(slider, BorderLayout.CENTER);
        player.add(Parts.row(0, state, Box.createHorizontalGlue(), time), BorderLayout.SOUTH);
        Parts.padded(player, 8, 14, 10, 10);
        Parts.side(
                this,
                Parts.column(10, Parts.title("Voicemail", dial), summary, player),
                list,
                list.button("play", "Play", Glyph.PLAY, this::play),
                list.button("call back", "Call back", Glyph.HANDSET, this::callBack),
                Box.createHorizontalGlue(),
                undo,
                list.button("delete", "Delete", Glyph.TRASH, this::delete));
        phone.whenChanged(this::refresh);
    }

    private void callBack(VoicemailItem item) {
        phone.begin(() -> voicemail.callBack(item.id()), "You cannot call back here: the number was withheld.");
    }

    private void delete(VoicemailItem item) {
        if (playback != null && playback.messageId().equals(item.id())) {
            stop();
        }
        tell(voicemail.delete(item.id()));
    }

    /** Restores the last deleted message, for half a minute. */
    private void undelete() {
        voicemail.snapshot().deleted().stream().findFirst().ifPresent(item -> tell(voicemail.undelete(item.id())));
    }

    private void tell(CompletionStage<VoicemailOutcome> command) {
        var unused = command.thenAccept(outcome -> {
            if (outcome.problem() != null) {
                phone.tellProblem(
                        "The mailbox request failed.", outcome.problem().advice());
            }
        });
    }

    // --- The player

    private void play(VoicemailItem item) {
        String speaker = phone.options().playbackDevice();
        playback = voicemail.play(item.id(), PlaybackOptions.DEFAULT.on(speaker));
        name.setText(Words.name(item.caller()));
        phone.changed();
    }

    private void pauseOrResume() {
        if (playback != null && isPlaying(playback.snapshot())) {
            phone.tellRefusal(playback.pause());
        } else if (playback != null) {
            phone.tellRefusal(playback.resume());
        }
    }

    private static boolean isPlaying(PlaybackSnapshot now) {
        return now.state() == PlaybackSnapshot.State.PLAYING || now.state() == PlaybackSnapshot.State.WAITING;
    }

    private void seek() {
        Duration whole = playback == null ? null : playback.snapshot().duration();
        if (playback != null && whole != null && !refreshing) {
            playback.seek(whole.multipliedBy(slider.getValue()).dividedBy(STEPS));
            phone.changed();
        }
    }

    private void stop() {
        if (playback != null) {
            playback.close();
            playback = null;
        }
        phone.changed();
    }

    // --- What is shown

    private void refresh() {
        boolean locked = phone.locked();
        VoicemailSnapshot now = locked ? LOCKED : voicemail.snapshot();
        summary.setText(Words.mailbox(now));
        list.show(now.messages(), this::row);
        undo.setVisible(!now.deleted().isEmpty());
        dial.setVisible(!locked && voicemail.dialIn() != null);
        PlaybackSnapshot played = playback == null || locked ? null : playback.snapshot();
        player.setVisible(played != null && played.state() != PlaybackSnapshot.State.CLOSED);
        if (played != null) {
            show(played);
        }
    }

    private RowList.Row<VoicemailItem> row(VoicemailItem item) {
        Duration length = item.message().duration();
        boolean heard = item.message().heard();
        String kind = heard ? "Message" : "New message";
        return new RowList.Row<>(
                item,
                item.id(),
                Words.name(item.caller()),
                length == null ? kind : kind + ", " + Words.length(length),
                Words.when(item.message().received(), phone.clock()),
                Glyph.VOICEMAIL,
                heard ? Theme.MUTED : Theme.ACCENT,
                null);
    }

    private void show(PlaybackSnapshot now) {
        Duration whole = now.duration();
        state.setText(Words.playback(now));
        time.setText(Words.length(now.position()) + (whole == null ? "" : " / " + Words.length(whole)));
        Parts.reword(toggle, isPlaying(now) ? "Pause" : "Play", isPlaying(now) ? Glyph.PAUSE : Glyph.PLAY, 18);
        if (!slider.getValueIsAdjusting() && whole != null && !whole.isZero()) {
            refreshing = true;
            slider.setValue((int) (now.position().toMillis() * STEPS / whole.toMillis()));
            refreshing = false;
        }
    }
}
