// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.voicemail.play;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.internal.call.context.AudioStreams;
import com.techpro.callclient.engine.internal.voicemail.VoicemailList;
import com.techpro.callclient.engine.internal.voicemail.cache.VoicemailCache;
import com.techpro.callclient.engine.voicemail.PlaybackOptions;
import com.techpro.callclient.engine.voicemail.PlaybackSnapshot;
import com.techpro.callclient.engine.voicemail.PlaybackSnapshot.Arrival;
import com.techpro.callclient.engine.voicemail.PlaybackSnapshot.State;
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot.Availability;
import com.techpro.callclient.stack.jdk.JdkSchedulers;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.loop.SerialExecutor;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.FakeAudio;
import com.techpro.callclient.testkit.contracts.FakeVoicemailBox;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On real threads, as bytes that do not come block one. */
class WhileItArrivesTest {
    private static final int SECONDS = 6;
    private static final int HEADER = 44;

    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final JdkSchedulers schedulers = new JdkSchedulers();
    private final EngineLoop loop = new EngineLoop(schedulers.openLoop("engine", (thread, e) -> failures.add(e)));
    private final FakeAudio audio = new FakeAudio(schedulers.openLoop("audio", (thread, e) -> failures.add(e)));
    private final AudioStreams streams = new AudioStreams();
    private final FakeVoicemailBox.Mailbox mailbox = new FakeVoicemailBox.Mailbox();
    private final VoicemailList book = new VoicemailList(
            loop,
            new SerialExecutor(schedulers.workers(), (thread, e) -> failures.add(e)),
            schedulers.workers(),
            Caller::of,
            snapshot -> {});
    private final Player player = new Player(
            new PlaybackParts(
                    loop,
                    schedulers.workers(),
                    schedulers.networkWorkers(),
                    new SerialExecutor(schedulers.workers(), (thread, e) -> failures.add(e)),
                    audio,
                    streams,
                    new VoicemailCache(null, 1 << 24, Seeds.random(1))),
            book);
    private String id;

    @BeforeEach
    void leave() {
        byte[] wav = wav(SECONDS * 8_000);
        id = mailbox.deliver("1002", null, Instant.EPOCH, null, wav);
        loop.execute(() -> book.use(new FakeVoicemailBox(mailbox), null, Availability.ABSENT));
    }

    @AfterEach
    void close() throws Exception {
        mailbox.releaseAudio();
        CountDownLatch quiet = new CountDownLatch(1);
        loop.execute(() -> {
            player.close();
            book.forget();
            player.whenQuiet(() -> book.whenQuiet(quiet::countDown));
        });
        assertThat(quiet.await(30, TimeUnit.SECONDS))
                .as("everything was let go")
                .isTrue();
        await(() -> audio.openStreams() == 0);
        await(() -> mailbox.openBoxes() == 0);
        assertThat(mailbox.openStreams()).isZero();
        schedulers.close();
        assertThat(failures).isEmpty();
    }

    private PlaybackSession play() {
        return player.play(id, PlaybackOptions.DEFAULT, session -> session, (session, after) -> {});
    }

    @Test
    void C6_it_is_heard_before_the_rest_has_come_and_waits_for_it() {
        mailbox.holdAudio(HEADER + 16_000);
        PlaybackSession playback = play();

        await(() -> playback.snapshot().position().compareTo(Duration.ofMillis(300)) > 0);
        PlaybackSnapshot early = playback.snapshot();
        assertThat(early.arrival()).isEqualTo(Arrival.UNDER_WAY);
        assertThat(early.arrived()).isLessThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(early.duration()).isEqualTo(Duration.ofSeconds(SECONDS));

        await(() -> playback.snapshot().state() == State.WAITING);
        Duration dry = playback.snapshot().position();
        assertThat(dry).isEqualTo(playback.snapshot().arrived());
        mailbox.releaseAudio();
        await(() -> playback.snapshot().state() == State.PLAYING);
        await(() -> playback.snapshot().position().compareTo(dry) > 0);
        await(() -> playback.snapshot().arrival() == Arrival.COMPLETE);
    }

    @Test
    void one_cannot_go_where_nothing_has_come_yet() {
        mailbox.holdAudio(HEADER + 32_000);
        PlaybackSession playback = play();
        await(() -> playback.snapshot().state() == State.PLAYING);

        loop.execute(() -> playback.seek(Duration.ofSeconds(5)));

        await(() -> playback.snapshot().state() == State.WAITING);
        assertThat(playback.snapshot().position()).isEqualTo(playback.snapshot().arrived());
        mailbox.releaseAudio();
        await(() -> playback.snapshot().state() == State.PLAYING);
    }

    @Test
    void closing_does_not_wait_for_bytes_that_do_not_come() {
        mailbox.holdAudio(HEADER + 100);
        PlaybackSession playback = play();
        await(() -> mailbox.openStreams() == 1);

        loop.execute(playback::close);

        await(() -> playback.snapshot().state() == State.CLOSED);
        await(() -> mailbox.openStreams() == 0);
    }

    private static void await(BooleanSupplier condition) {
        Await.until(condition, Duration.ofSeconds(30));
    }

    private static byte[] wav(int samples) {
        ByteBuffer wav = ByteBuffer.allocate(HEADER + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * samples);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        wav.putShort((short) 1).putShort((short) 1).putInt(8_000).putInt(16_000);
        wav.putShort((short) 2).putShort((short) 16);
        wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples);
        return wav.array();
    }
}
