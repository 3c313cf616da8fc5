// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.lock;

import com.techpro.callclient.engine.internal.store.UserStore;
import com.techpro.callclient.engine.lock.AppLock.Mode;
import com.techpro.callclient.engine.lock.AppLock.Proof;
import com.techpro.callclient.engine.lock.AppLock.Settings;
import com.techpro.callclient.engine.lock.LockOutcome;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.ports.storage.SecureStorePort;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.loop.SerialExecutor;
import com.techpro.callclient.testkit.contracts.FakeBiometrics;
import com.techpro.callclient.testkit.contracts.FakePermissions;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A lock with its ports, in virtual time, on a disk that outlives the program. */
final class LockScene {
    static final Settings PIN = new Settings(Mode.PIN, null, null);
    static final Settings BIOMETRIC_OR_PIN = new Settings(Mode.BIOMETRIC_OR_PIN, null, null);
    static final Settings PASSWORD = new Settings(Mode.PASSWORD, null, null);
    static final Proof NONE = new Proof.None();

    final VirtualTime time = VirtualTime.seeded(1);
    final FakeSecureStore.Disk disk = new FakeSecureStore.Disk();
    final FakeBiometrics sensor = new FakeBiometrics(time.workers());
    final List<Boolean> told = new ArrayList<>();
    EngineLoop loop;
    Lock lock;

    LockScene() {
        lock = start(new FakeSecureStore(disk));
        settle();
    }

    Lock start(SecureStorePort store) {
        return start(store, time.workers());
    }

    private Lock start(SecureStorePort store, Executor storing) {
        loop = new EngineLoop(time.openLoop("signalling"));
        Thread.UncaughtExceptionHandler failures = (thread, failure) -> {
            throw new AssertionError(failure);
        };
        return new Lock(
                loop,
                time.workers(),
                new SerialExecutor(time.workers(), failures),
                time.random("lock"),
                10,
                new UserStore(loop, new SerialExecutor(storing, failures), store),
                new Biometrics(sensor, new FakePermissions(), () -> true),
                told::add,
                () -> {});
    }

    /** The process ends, whatever it was doing, and starts again. */
    void restart() {
        restart(new FakeSecureStore(disk));
    }

    void restart(SecureStorePort store) {
        lock = start(store);
        settle();
    }

    /** Each access of its disk takes a while. */
    void restartSlowly(Duration access) {
        Loop disks = time.openLoop("disk");
        lock = start(new FakeSecureStore(disk), task -> disks.schedule(access, task));
        time.advance(access.multipliedBy(3));
    }

    void lockNow() {
        lock.lockNow();
        settle();
    }

    LockOutcome set(String pin, Settings settings, Proof proof) {
        return settled(lock.setPin(Secret.of(pin), settings, proof));
    }

    LockOutcome unlock(String pin) {
        return settled(lock.unlockWithPin(Secret.of(pin)));
    }

    LockOutcome unlockByPassword(String password) {
        return settled(lock.unlock(Secret.of(password)));
    }

    LockOutcome change(Settings settings, Proof proof) {
        return settled(lock.change(settings, proof));
    }

    /** As logging in does once the phone system has accepted the password. */
    void logIn(String password) {
        onLoop(l -> l.proved(Secret.of(password), true));
    }

    /** Wrong ones, each when it may be tried. */
    LockOutcome guess(int times) {
        LockOutcome last = LockOutcome.of(LockOutcome.Result.DONE);
        for (int i = 0; i < times; i++) {
            last = unlock("48216" + i);
            time.advance(last.retryIn());
        }
        return last;
    }

    LockOutcome settled(CompletionStage<LockOutcome> outcome) {
        settle();
        return outcome.toCompletableFuture().getNow(null);
    }

    void onLoop(Consumer<Lock> task) {
        loop.execute(() -> task.accept(lock));
        settle();
    }

    void settle() {
        time.settle();
    }

    byte[] stored() {
        try {
            return new FakeSecureStore(disk).read("lock");
        } catch (SecureStoreException e) {
            throw new AssertionError(e);
        }
    }

    static Proof pin(String pin) {
        return new Proof.Pin(Secret.of(pin));
    }

    static Proof password(String password) {
        return new Proof.Password(Secret.of(password));
    }

    /** A store whose program ends at a write: before anything of it is there, or right after all of it is. */
    static final class EndingStore implements SecureStorePort {
        private final FakeSecureStore store;
        private final boolean written;
        private int writesLeft;
        private boolean over;

        EndingStore(FakeSecureStore.Disk disk, int write, boolean written) {
            this.store = new FakeSecureStore(disk);
            this.writesLeft = write;
            this.written = written;
        }

        /** Whether the program got as far. */
        boolean over() {
            return over;
        }

        @Override
        public byte @Nullable [] read(String name) throws SecureStoreException {
            requireRunning();
            return store.read(name);
        }

        @Override
        public Set<String> names() throws SecureStoreException {
            requireRunning();
            return store.names();
        }

        @Override
        public void write(Map<String, byte @Nullable []> changes) throws SecureStoreException {
            requireRunning();
            over = --writesLeft == 0;
            if (!over || written) {
                store.write(changes);
            }
            requireRunning();
        }

        @Override
        public void erase() throws SecureStoreException {
            requireRunning();
            store.erase();
        }

        @Override
        public void close() {
            store.close();
        }

        private void requireRunning() throws SecureStoreException {
            if (over) {
                throw new SecureStoreException(SecureStoreException.Reason.FAILED, null);
            }
        }
    }
}
