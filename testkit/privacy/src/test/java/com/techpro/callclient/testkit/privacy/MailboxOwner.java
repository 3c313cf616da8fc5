// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.LoginResult;
import com.techpro.callclient.engine.LogoutOptions;
import com.techpro.callclient.engine.MessagesWaiting;
import com.techpro.callclient.engine.voicemail.Playback;
import com.techpro.callclient.engine.voicemail.PlaybackSnapshot;
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot;
import com.techpro.callclient.ports.permission.Permission;
import com.techpro.callclient.stack.jdk.JdkSchedulers;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.FakeAudio;
import com.techpro.callclient.testkit.contracts.FakeNotifications;
import com.techpro.callclient.testkit.contracts.FakePermissions;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import com.techpro.callclient.testkit.contracts.Sound;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A user with a mailbox at an embedded PBX, logged in by e-mail and password, on real sockets; the loudspeaker is recorded. */
final class MailboxOwner implements AutoCloseable, CallClientListener {
    static final int RATE = 8_000;
    private static final String NUMBER = "1002";
    private static final int AMPLITUDE_CHECKED = 16;

    private final EmbeddedPbx pbx;
    private final JdkSchedulers schedulers = new JdkSchedulers();
    private final FakeAudio audio =
            new FakeAudio(schedulers.openLoop("test-audio", (thread, failure) -> failure.printStackTrace()));
    private final ExecutorService callbacks = Executors.newSingleThreadExecutor();
    private final FakeNotifications notices = new FakeNotifications();
    private final List<MessagesWaiting> waiting = new CopyOnWriteArrayList<>();
    private final CallClient client;

    /** @param cache where voicemail is kept while it plays, or null for memory */
    MailboxOwner(@Nullable Path cache) throws IOException {
        pbx = EmbeddedPbx.builder()
                .extensions("1001", NUMBER)
                .provisioning()
                .voicemail()
                .start();
        CallClientConfig.Builder config = CallClientConfig.builder()
                .callbacks(callbacks)
                .listener(this)
                .platform(p -> p.audio(audio)
                        .notifications(notices)
                        .permissions(new FakePermissions().grant(Permission.NOTIFICATIONS))
                        .store(new FakeSecureStore()));
        if (cache != null) {
            config.platform(p -> p.voicemailCache(cache));
        }
        client = CallClient.create(config.build());
        LoginResult result = client.login(pbx.phoneSystem(), pbx.login(NUMBER))
                .toCompletableFuture()
                .join();
        if (!(result instanceof LoginResult.LoggedIn loggedIn)) {
            throw new AssertionError("the login was refused: " + result);
        }
        // The phone system tells its lamp to those who are registered, and a login registers once its result is told.
        loggedIn.account().whenRegistered().toCompletableFuture().join();
    }

    CallClient client() {
        return client;
    }

    FakeNotifications notices() {
        return notices;
    }

    /** Somebody leaves a message of two seconds. */
    void receive(String number, String name, double hertz) {
        pbx.voicemail().leave(NUMBER, number, name, tone(hertz));
    }

    /** As with another program of the user's. */
    void deleteAtThePhoneSystem() {
        pbx.voicemail().empty(NUMBER);
    }

    /** Until the phone system keeps no more of them, marked as deleted or not. */
    void awaitStored(int count) {
        Await.until(
                "the phone system keeps " + count + " messages",
                () -> pbx.voicemail().stored(NUMBER) == count);
    }

    VoicemailSnapshot awaitMessages(int count) {
        Await.until(count + " messages are listed", () -> {
            VoicemailSnapshot now = client.voicemail().snapshot();
            return now.availability() == VoicemailSnapshot.Availability.AVAILABLE
                    && now.messages().size() == count
                    && now.total() == count;
        });
        return client.voicemail().snapshot();
    }

    /** Until the phone system's lamp says so. */
    void awaitWaiting(int unheard, int heard) {
        Await.until("the lamp says " + unheard + "/" + heard + ", last of " + waiting, () -> {
            if (waiting.isEmpty()) {
                return false;
            }
            MessagesWaiting.Counts last = waiting.get(waiting.size() - 1).voice();
            return last != null && last.newMessages() == unheard && last.oldMessages() == heard;
        });
    }

    static void await(Playback playback, PlaybackSnapshot.State state) {
        Await.until("the playback is " + state, () -> {
            PlaybackSnapshot now = playback.snapshot();
            if (now.state() == PlaybackSnapshot.State.FAILED) {
                throw new AssertionError("the message cannot be played: " + now);
            }
            return now.state() == state;
        });
    }

    /** What the loudspeaker played. */
    short[] played() {
        return audio.heard();
    }

    private static short[] tone(double hertz) {
        short[] samples = new short[2 * RATE];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = Sound.tone(hertz, 8_000).at(i, RATE);
        }
        return samples;
    }

    /** Some samples of such a message, as bytes in an order. */
    static String pieceOf(double hertz, ByteOrder order) {
        ByteBuffer piece = ByteBuffer.allocate(2 * AMPLITUDE_CHECKED).order(order);
        piece.asShortBuffer().put(tone(hertz), RATE, AMPLITUDE_CHECKED);
        return new String(piece.array(), StandardCharsets.ISO_8859_1);
    }

    /** What this process's open files of a folder hold, also those that have no name any more. Linux tells it. */
    static byte[] openBytes(Path folder) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            for (Path descriptor : open.toList()) {
                try {
                    if (Files.readSymbolicLink(descriptor).toString().startsWith(folder.toString())) {
                        all.write(Files.readAllBytes(descriptor));
                    }
                } catch (NoSuchFileException e) {
                    // Closed meanwhile.
                    continue;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all.toByteArray();
    }

    @Override
    public void messagesWaitingChanged(Account account, MessagesWaiting after) {
        waiting.add(after);
    }

    @Override
    public void close() {
        client.logout(LogoutOptions.EVERYTHING).toCompletableFuture().join();
        client.shutdown(Duration.ofSeconds(3)).toCompletableFuture().join();
        schedulers.close();
        callbacks.shutdown();
        pbx.close();
    }
}
