// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.attack;

import com.techpro.callclient.adapters.keystore.Vault;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.LoginResult;
import com.techpro.callclient.engine.people.Favorite;
import com.techpro.callclient.engine.privacy.StorageStatus;
import com.techpro.callclient.engine.voicemail.Playback;
import com.techpro.callclient.engine.voicemail.PlaybackSnapshot;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.ChildJvm;
import com.techpro.callclient.testkit.contracts.FakePhoneSystem;
import com.techpro.callclient.testkit.contracts.FakeVoicemailBox;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.pbx.sound.WavFile;
import com.techpro.callclient.testkit.soak.interop.HeadlessAudio;
import com.techpro.callclient.testkit.soak.interop.PeerProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** An app whose favourites are in a vault on disk, and whose voicemail is kept on disk while it is played; what is done to both. */
final class StoredApp implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Of the vault, before a process is killed in the middle of another. */
    private static final int CHANGES = 2;

    private final FakeVoicemailBox.Mailbox mailbox = new FakeVoicemailBox.Mailbox();
    private final Vault vault;
    private final CallClient client;

    private StoredApp(Path directory, @Nullable Path cache) {
        vault = Vault.withPassphrase(directory.resolve("vault"), Secret.of("correct horse"));
        CallClientConfig.Builder config = CallClientConfig.builder()
                .callbacks(Runnable::run)
                .platform(p -> p.audio(new HeadlessAudio(new short[] {0})).store(vault));
        client = CallClient.create((cache == null ? config : config.platform(p -> p.voicemailCache(cache))).build());
    }

    /** Brings the user back, or logs in for the first time. */
    static StoredApp start(Path directory, @Nullable Path cache) throws Exception {
        StoredApp app = new StoredApp(directory, cache);
        PhoneSystem system = FakePhoneSystem.ofMailbox(new FakeVoicemailBox(app.mailbox));
        LoginResult result = app.client.restore(system).toCompletableFuture().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        if (result instanceof LoginResult.NothingStored) {
            result = app.client
                    .login(system, Login.of("alice@pbx.invalid", Secret.of("secret")))
                    .toCompletableFuture()
                    .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
        if (!(result instanceof LoginResult.LoggedIn)) {
            throw new AssertionError("the app says " + result);
        }
        Await.until("the favourites are read", () -> app.storage().state() != StorageStatus.State.LOADING, LIMIT);
        return app;
    }

    CallClient client() {
        return client;
    }

    /** How many there are: 1, 2, 3 and so on. */
    int favorites() {
        List<Favorite> all = client.people().favorites().snapshot().favorites();
        for (int i = 0; i < all.size(); i++) {
            if (!all.get(i).number().equals(Integer.toString(i + 1))) {
                throw new AssertionError("of the favourites number " + (i + 1) + " is missing");
            }
        }
        return all.size();
    }

    private StorageStatus storage() {
        return client.people().favorites().snapshot().storage();
    }

    private void add(int number) throws Exception {
        client.people()
                .favorites()
                .add(new Favorite(Integer.toString(number), "F"))
                .toCompletableFuture()
                .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    private String awaitStorage(StorageStatus.State state) {
        Await.until(
                () -> "storage is " + state + " and not " + storage(),
                () -> storage().state() == state,
                LIMIT);
        StorageStatus now = storage();
        return now.reason() == null ? now.state().toString() : now.state() + " " + now.reason();
    }

    /** Kills it so often while it writes: each time it finds all that it had stored before. */
    static String killed(Path directory, int times) throws Exception {
        Random random = Seeds.random(9);
        int before = 0;
        for (int i = 0; i < times; i++) {
            try (ChildJvm child = ChildJvm.of(ChildWriter.class)
                    .options(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"))
                    .arguments(directory.toString())
                    .start()) {
                String line = child.line();
                while (line != null && !line.equals(ChildWriter.WRITING)) {
                    line = child.line();
                }
                for (int change = 0; change < CHANGES; change++) {
                    FileTime old = written(directory);
                    Await.until(
                            "the vault is written", () -> !written(directory).equals(old), LIMIT);
                }
                LockSupport.parkNanos(random.nextInt(50_000_000));
                child.kill();
            }
            try (StoredApp app = start(directory, null)) {
                int after = app.favorites();
                if (after < before || app.storage().state() != StorageStatus.State.STORED) {
                    return after + " after " + before + ", " + app.storage();
                }
                before = after;
            }
        }
        return before > 0 ? "whole" : "nothing was stored";
    }

    private static FileTime written(Path directory) {
        try {
            return Files.getLastModifiedTime(directory.resolve("vault").resolve("vault"));
        } catch (IOException e) {
            // It takes the place of the one before, and there is none at first.
            return FileTime.fromMillis(0);
        }
    }

    /** Fills the disk under the vault. Mounting one that is small takes root, as {@code .ci/run} is. */
    static String diskFull(Path directory) throws Exception {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        PeerProcess.run(directory, LIMIT, "mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk.toString());
        try {
            String told;
            try (StoredApp app = start(disk, null)) {
                app.add(1);
                app.awaitStorage(StorageStatus.State.STORED);
                fill(disk);
                app.add(2);
                told = app.awaitStorage(StorageStatus.State.UNSAVED);
                Files.delete(disk.resolve("filler"));
                app.add(3);
                told += ", " + app.awaitStorage(StorageStatus.State.STORED);
            }
            try (StoredApp app = start(disk, null)) {
                return told + ", " + app.favorites();
            }
        } finally {
            PeerProcess.run(directory, LIMIT, "umount", disk.toString());
        }
    }

    /** Fills the disk on which voicemail is kept while it is played. */
    static String cacheFull(Path directory) throws Exception {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        PeerProcess.run(directory, LIMIT, "mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk.toString());
        try (StoredApp app = start(directory, disk.resolve("cache"))) {
            String id = app.mailbox.deliver(
                    "1002", null, Instant.EPOCH, null, WavFile.write(new short[8_000 * 60], WavFile.Encoding.PCM));
            fill(disk);
            Playback playback = app.client.voicemail().play(id);
            Await.until(
                    () -> "the message plays or does not: " + playback.snapshot(),
                    () -> playback.snapshot().state() == PlaybackSnapshot.State.FAILED
                            || playback.snapshot().arrival() != PlaybackSnapshot.Arrival.UNDER_WAY,
                    LIMIT);
            PlaybackSnapshot now = playback.snapshot();
            playback.close();
            return now.problem() == null
                    ? now.state() + " " + now.arrival()
                    : now.problem().code();
        } finally {
            PeerProcess.run(directory, LIMIT, "umount", "-l", disk.toString());
        }
    }

    private static void fill(Path disk) {
        byte[] block = new byte[4_096];
        try (OutputStream out = Files.newOutputStream(disk.resolve("filler"))) {
            for (int i = 0; i < 1_000; i++) {
                out.write(block);
            }
        } catch (IOException e) {
            // full, as intended
            return;
        }
        throw new AssertionError("the disk is larger than asked for");
    }

    @Override
    public void close() {
        // What is on its way to the vault arrives there.
        client.shutdown(Duration.ofSeconds(3)).toCompletableFuture().join();
        vault.close();
    }
}
