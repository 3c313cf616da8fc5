// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import static com.techpro.callclient.testkit.contracts.ClauseSkips.require;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import com.techpro.callclient.ports.storage.SecureStorePort;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** Describes the store under test to {@link SecureStoreContract}. */
@PortContract
public abstract class SecureStoreUnderTest {
    static final String CANARY_NAME = "canary.name-7f3a9c";
    static final String CANARY_VALUE = "canary value 5d1e8b, not to be found";

    private final List<SecureStorePort> opened = new ArrayList<>();

    /** Opens a store on this test's location, as a program finds it after a restart. */
    protected abstract SecureStorePort create();

    /**
     * Makes the platform fail with this reason from now on; false if that cannot be tried ("failing
     * with FULL", "failing with LOCKED", "failing with UNAVAILABLE"; other reasons are not
     * requested).
     */
    protected boolean fail(Reason reason) {
        return false;
    }

    /** Ends the failure. */
    protected void heal() {}

    /**
     * Returns the store's disk, which can become full at any step of a write; null if that cannot
     * be tried. {@link #heal} ends it.
     */
    protected @Nullable FullDisk fullDisk() {
        return null;
    }

    /**
     * Returns the folder that contains the store's files and nothing else, whether it exists yet or
     * not; null if the store has no files ("files of its own"). The kit reads, changes, removes and
     * restores these files. It leaves other data alone, such as a key in a keyring, which lets a
     * store detect an older copy.
     */
    protected @Nullable Path directory() {
        return null;
    }

    /**
     * Damages what the closed store left on the device; false if that cannot be tried
     * ("tampering").
     */
    protected boolean tamper() {
        StoreFiles files = files();
        return files != null && files.tamper();
    }

    /**
     * Copies what the closed store left; running the result restores it. Null if that cannot be
     * tried ("a copy of what remains").
     */
    protected @Nullable Runnable copy() {
        StoreFiles files = files();
        return files == null ? null : files.copy();
    }

    /**
     * Returns everything that the store left on the device; null if it cannot be read ("a look at
     * what remains").
     */
    protected byte @Nullable [] remains() {
        StoreFiles files = files();
        return files == null ? null : files.bytes();
    }

    /**
     * Whether a second store on the same location is refused while the first is open ("exclusion of
     * a second store"). The second store's methods throw, not its constructor.
     */
    protected boolean excludesOthers() {
        return true;
    }

    @AfterEach
    void closeWhatIsOpen() {
        opened.forEach(SecureStorePort::close);
    }

    final SecureStorePort open() {
        SecureStorePort store = create();
        opened.add(store);
        return store;
    }

    final SecureStorePort reopen(SecureStorePort store) {
        store.close();
        return open();
    }

    interface Use {
        void run() throws Exception;
    }

    static void assertFails(Reason reason, Use use) {
        assertThatThrownBy(use::run)
                .isInstanceOfSatisfying(
                        SecureStoreException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(reason));
    }

    static void assertRefuses(Use use) {
        assertThatThrownBy(use::run)
                .isInstanceOfSatisfying(
                        SecureStoreException.class,
                        failure -> assertThat(failure.reason())
                                .isIn(
                                        Reason.CORRUPT,
                                        Reason.ROLLED_BACK,
                                        Reason.KEY_MISSING,
                                        Reason.WRONG_PASSPHRASE,
                                        Reason.TOO_NEW));
    }

    static Map<String, byte @Nullable []> change(Map<String, byte[]> written, String... removed) {
        Map<String, byte @Nullable []> changes = new LinkedHashMap<>(written);
        for (String name : removed) {
            changes.put(name, null);
        }
        return Collections.unmodifiableMap(changes);
    }

    static <T> T possible(@Nullable T subject, String capability) {
        require(subject != null, capability);
        return Objects.requireNonNull(subject);
    }

    static byte[] random(int length) {
        byte[] bytes = new byte[length];
        Seeds.random(length).nextBytes(bytes);
        return bytes;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Keeps this order, unlike {@link Map#of}. */
    @SafeVarargs
    static Map<String, byte[]> ordered(Map.Entry<String, byte[]>... changes) {
        Map<String, byte[]> map = new LinkedHashMap<>();
        for (Map.Entry<String, byte[]> change : changes) {
            map.put(change.getKey(), change.getValue());
        }
        return Collections.unmodifiableMap(map);
    }

    final @Nullable StoreFiles files() {
        Path directory = directory();
        return directory == null ? null : new StoreFiles(directory);
    }
}
