// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.voicemail.cache;

import com.techpro.callclient.stack.log.Loggers;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Where the sound of a message is for as long as it is played (promise S3): in memory, or in a folder that the host gives, encrypted either way
 * with a key of its own that is never stored. What a process that was killed left behind is noise, and {@link #sweep} removes it. May be used from
 * any thread; everything here may block.
 */
public final class VoicemailCache {
    private static final String NAMES = "callclient-voicemail-*.tmp";

    private final @Nullable Path folder;
    private final long mostBytes;
    private final Random random;

    /**
     * @param folder null for memory alone
     * @param mostBytes of one message
     * @param random keys and names come from here
     */
    public VoicemailCache(@Nullable Path folder, long mostBytes, Random random) {
        this.folder = folder;
        this.mostBytes = mostBytes;
        this.random = random;
    }

    /** Removes what an earlier process left; files that are not this cache's own stay. */
    public void sweep() {
        Path place = folder;
        if (place == null || !Files.isDirectory(place)) {
            return;
        }
        try (DirectoryStream<Path> left = Files.newDirectoryStream(place, NAMES)) {
            for (Path file : left) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | RuntimeException e) {
            // Its key is gone, so nobody can read it; the next start tries again.
            Loggers.VOICEMAIL.warn(
                    "the voicemail cache could not be swept ({})", e.getClass().getSimpleName());
        }
    }

    /** A place for one message. */
    public CachedAudio open(int sampleRate) {
        byte[] key = new byte[32];
        random.nextBytes(key);
        return new CachedAudio(sampleRate, new SealedChunks(key, chunks()), mostBytes);
    }

    private Chunks chunks() {
        Path place = folder;
        if (place == null) {
            return new MemoryChunks();
        }
        try {
            Files.createDirectories(place);
            return new FileChunks(place.resolve(NAMES.replace("*", Long.toHexString(random.nextLong()))));
        } catch (IOException | RuntimeException e) {
            // The message can be played all the same.
            Loggers.VOICEMAIL.warn(
                    "the voicemail cache is in memory, its folder cannot be used ({})",
                    e.getClass().getSimpleName());
            return new MemoryChunks();
        }
    }
}
