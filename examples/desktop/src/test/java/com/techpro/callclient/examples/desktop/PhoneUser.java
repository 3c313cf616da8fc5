// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop;

import com.techpro.callclient.engine.tone.CallTones;
import com.techpro.callclient.examples.desktop.phone.Phone;
import com.techpro.callclient.examples.desktop.phone.Ring;
import com.techpro.callclient.examples.desktop.window.IncomingWindows;
import com.techpro.callclient.examples.desktop.window.PhonePanel;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.swing.JComponent;
import javax.swing.SwingUtilities;
import javax.swing.Timer;
import org.jspecify.annotations.Nullable;

/** Somebody with a phone at the embedded PBX, whose windows are not on any screen. */
final class PhoneUser implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final EmbeddedPbx pbx;
    private final String extension;
    private final Path authority;
    private final FakeSecureStore store = new FakeSecureStore();
    private final PacedAudio audio = new PacedAudio();
    private final Wall clock = new Wall();
    private final List<String> rings = new ArrayList<>();
    private final List<JComponent> incoming = new ArrayList<>();
    private Phone phone;
    private PhonePanel panel;
    private TestedUi ui;
    private Timer timer;

    @SuppressWarnings("NullAway.Init") // start sets the rest
    PhoneUser(EmbeddedPbx pbx, String extension, Path authority) {
        this.pbx = pbx;
        this.extension = extension;
        this.authority = authority;
        start();
    }

    /** The clock on this user's wall is put forward: a call has lasted that much longer. */
    void putForward(Duration later) {
        clock.ahead = later;
    }

    private static final class Wall extends Clock {
        private volatile Duration ahead = Duration.ZERO;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("this wall has one zone");
        }

        @Override
        public Instant instant() {
            return Clock.systemUTC().instant().plus(ahead);
        }
    }

    /** As the app does. */
    void start() {
        TestedUi.onEdt(() -> {
            phone = new Phone(pbx.phoneSystem(), audio, store, SwingUtilities::invokeLater, clock, new RecordedRing());
            panel = new PhonePanel(phone);
            timer = new Timer(100, tick -> phone.tick());
            timer.start();
            var unused = new IncomingWindows(phone, this::open);
            return true;
        });
        ui = new TestedUi(panel);
    }

    void unplug(boolean gone) {
        audio.unplug(gone);
    }

    Set<String> devicesInUse() {
        return Set.copyOf(audio.inUse());
    }

    private Runnable open(JComponent window) {
        incoming.add(window);
        return () -> incoming.remove(window);
    }

    private final class RecordedRing implements Ring {
        @Override
        public CallTones tones() {
            return CallTones.OFF;
        }

        @Override
        public void playOn(@Nullable String device) {
            rings.add("on " + device);
        }

        @Override
        public void off(boolean off) {
            rings.add(off ? "off" : "not off");
        }
    }

    PhoneUser loggedIn() {
        ui.login(pbx, extension, "word of " + extension, authority);
        ui.awaitText("status", "Ready");
        return this;
    }

    Phone phone() {
        return phone;
    }

    PhonePanel panel() {
        return panel;
    }

    TestedUi ui() {
        return ui;
    }

    FakeSecureStore store() {
        return store;
    }

    /** What was asked of the ring. */
    List<String> rings() {
        return TestedUi.onEdt(() -> List.copyOf(rings));
    }

    JComponent incoming() {
        return TestedUi.onEdt(() -> incoming.get(incoming.size() - 1));
    }

    /** The window of a call that rings. */
    TestedUi awaitIncoming() {
        Await.until(() -> "a call rings at " + extension, () -> TestedUi.onEdt(() -> !incoming.isEmpty()), LIMIT);
        return new TestedUi(incoming());
    }

    /** No call rings any more. */
    void awaitNoIncoming() {
        Await.until(() -> "no call rings at " + extension, () -> TestedUi.onEdt(incoming::isEmpty), LIMIT);
    }

    @Override
    public void close() {
        timer.stop();
        phone.close();
        audio.close();
    }
}
