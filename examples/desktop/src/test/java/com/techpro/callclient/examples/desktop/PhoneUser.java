// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop;

import com.techpro.callclient.examples.desktop.phone.Phone;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.prefs.AbstractPreferences;
import java.util.prefs.Preferences;
import javax.swing.JComponent;
import javax.swing.SwingUtilities;
import javax.swing.Timer;

/** Somebody with a phone at the embedded PBX, whose windows are not on any screen. */
final class PhoneUser implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final EmbeddedPbx pbx;
    private final String extension;
    private final Path authority;
    private final FakeSecureStore store = new FakeSecureStore();
    private final PacedAudio audio = new PacedAudio();
    private final Wall clock = new Wall();
    private final MemoryPreferences settings = new MemoryPreferences();
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

    /** Settings that go with the test; no ring is heard in it. */
    private static final class MemoryPreferences extends AbstractPreferences {
        private final Map<String, String> values = new HashMap<>(Map.of(Phone.RING_OFF, "true"));

        MemoryPreferences() {
            super(null, "");
        }

        @Override
        protected void putSpi(String key, String value) {
            values.put(key, value);
        }

        @Override
        protected String getSpi(String key) {
            return values.get(key);
        }

        @Override
        protected void removeSpi(String key) {
            values.remove(key);
        }

        @Override
        protected void removeNodeSpi() {}

        @Override
        protected String[] keysSpi() {
            return values.keySet().toArray(String[]::new);
        }

        @Override
        protected String[] childrenNamesSpi() {
            return new String[0];
        }

        @Override
        protected AbstractPreferences childSpi(String name) {
            throw new UnsupportedOperationException("there is one node");
        }

        @Override
        protected void syncSpi() {}

        @Override
        protected void flushSpi() {}
    }

    /** As the app does. */
    void start() {
        TestedUi.onEdt(() -> {
            phone = new Phone(pbx.phoneSystem(), audio, store, SwingUtilities::invokeLater, clock, settings);
            panel = new PhonePanel(phone);
            timer = new Timer(100, tick -> phone.changed());
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

    Preferences settings() {
        return settings;
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
        phone.client().close();
        audio.close();
    }
}
