// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android;

import android.os.Bundle;
import android.widget.LinearLayout;
import android.widget.TextView;
import com.techpro.callclient.engine.voicemail.Playback;
import com.techpro.callclient.engine.voicemail.PlaybackSnapshot;
import com.techpro.callclient.engine.voicemail.Voicemail;
import com.techpro.callclient.engine.voicemail.VoicemailItem;
import com.techpro.callclient.engine.voicemail.VoicemailOutcome;
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot;
import com.techpro.callclient.ports.audio.AudioDevice;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The messages that callers left. One plays while it arrives, on whichever loudspeaker. */
public final class VoicemailActivity extends Screen {
    private TextView summary;
    private LinearLayout messages;
    private LinearLayout deleted;
    private TextView position;
    private LinearLayout speakers;
    private @Nullable Playback playback;

    @Override
    protected void onCreate(@Nullable Bundle state) {
        super.onCreate(state);
        summary = line();
        button("refresh", () -> voicemail().refresh());
        button("voicemail_more", () -> voicemail().more());
        button("voicemail_dial", () -> voicemail().dialVoicemail().ifPresent(call -> go(CallActivity.class)));
        messages = list();
        deleted = list();
        position = line();
        button("voicemail_pause", () -> playing(Playback::pause));
        button("voicemail_resume", () -> playing(Playback::resume));
        button("voicemail_back", () -> playing(each -> each.seek(Duration.ZERO)));
        speakers = list();
    }

    /** What is kept of a message on the device goes with its screen. */
    @Override
    protected void onStop() {
        playing(Playback::close);
        playback = null;
        super.onStop();
    }

    @Override
    void refresh() {
        VoicemailSnapshot now = voicemail().snapshot();
        summary.setText(
                now.problem() != null
                        ? now.problem().advice()
                        : text("voicemail_summary", String.valueOf(now.total()), String.valueOf(now.unheard())));
        show(
                messages,
                now.messages(),
                this::words,
                List.of(
                        new Action<>("voicemail_play", this::play),
                        new Action<>("delete", item -> tell(voicemail().delete(item.id()))),
                        new Action<>(
                                "call_back",
                                item -> voicemail().callBack(item.id()).ifPresent(call -> go(CallActivity.class)))));
        show(
                deleted,
                now.deleted(),
                this::words,
                List.of(new Action<>("undelete", item -> tell(voicemail().undelete(item.id())))));
        position.setText("");
        playing(each -> position.setText(words(each.snapshot())));
        show(
                speakers,
                phone().devices(AudioDevice.Direction.PLAYBACK),
                AudioDevice::name,
                List.of(new Action<>("route_use", device -> playing(each -> each.route(device.id())))));
    }

    private Voicemail voicemail() {
        return client().voicemail();
    }

    private void play(VoicemailItem item) {
        playing(Playback::close);
        playback = voicemail().play(item.id());
        phone().changed();
    }

    private void playing(Consumer<Playback> step) {
        if (playback != null) {
            step.accept(playback);
        }
    }

    private void tell(CompletionStage<VoicemailOutcome> wanted) {
        wanted.thenAccept(outcome -> {
            if (outcome.problem() != null) {
                phone().say(outcome.problem().advice());
            }
        });
    }

    private String words(VoicemailItem item) {
        String who = item.caller().display();
        String transcription = item.message().transcription();
        return (item.message().heard() ? "" : "● ")
                + (who.isEmpty() ? text("withheld") : who)
                + ", " + HistoryActivity.when(item.message().received())
                + (transcription == null ? "" : "\n" + transcription);
    }

    private String words(PlaybackSnapshot now) {
        return text("playback_" + now.state().name().toLowerCase(Locale.ROOT))
                + " " + now.position().getSeconds() + " s"
                + (now.duration() == null ? "" : " / " + now.duration().getSeconds() + " s");
    }
}
