// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import static org.robolectric.Shadows.shadowOf;

import android.os.Looper;
import com.techpro.callclient.ports.callui.AudioRoute;
import com.techpro.callclient.ports.callui.CallUiHandler;
import com.techpro.callclient.ports.callui.EndReason;
import com.techpro.callclient.ports.callui.UiCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.robolectric.RuntimeEnvironment;

/** The base of a test of calls on the screen: answers them as a headset does, and notes what the engine hears. */
abstract class AnsweredCall implements CallUiHandler {
    final Telecom telecom = new Telecom(RuntimeEnvironment.getApplication());
    final List<String> heard = new ArrayList<>();
    private final AndroidCallUi port = telecom.ui();
    private int calls;

    @AfterEach
    void close() {
        port.close();
        settle();
    }

    /** The next call, c1, c2 and so on, rings. */
    void ring() {
        if (telecom.accounts() == 0) {
            port.open(this);
        }
        calls++;
        List<Boolean> shown = new ArrayList<>();
        port.incoming(new UiCall("c" + calls, null, "555019" + calls), shown::add);
        MainLooper.await(telecom::look, () -> !shown.isEmpty());
    }

    /** As {@link #ring}, and it is answered. */
    void answer() {
        ring();
        telecom.last().onAnswer();
        settle();
    }

    void dial() {
        calls++;
        port.outgoing(new UiCall("c" + calls, null, "555019" + calls));
        settle();
    }

    void hold(String id) {
        port.held(id, true);
        settle();
    }

    void end(String id, Duration tone) {
        port.ended(id, EndReason.REMOTE, tone);
        settle();
    }

    void route(AudioRoute route) {
        port.route(route);
        settle();
    }

    /** Android's clock, which stands still unless a test moves it. */
    void pass(Duration time) {
        shadowOf(Looper.getMainLooper()).idleFor(time);
    }

    /** Everything that is posted, and what Telecom does then. */
    private void settle() {
        MainLooper.await(telecom::look, () -> true);
        MainLooper.await(telecom::look, () -> true);
    }

    @Override
    public void answered(String id) {}

    @Override
    public void ended(String id) {
        heard.add("ended " + id);
    }

    @Override
    public void held(String id, boolean onHold) {
        heard.add("held " + id + " " + onHold);
    }

    @Override
    public void muted(String id, boolean muted) {
        heard.add("muted " + muted);
    }

    @Override
    public void dialled(String id, String tones) {}

    @Override
    public void audioActivated() {
        heard.add("active");
    }

    @Override
    public void audioDeactivated() {
        heard.add("inactive");
    }

    @Override
    public void routesChanged(AudioRoute current, Set<AudioRoute> available) {
        heard.add(current + " of " + new TreeSet<>(available));
    }

    @Override
    public void reset() {
        heard.add("reset");
    }
}
