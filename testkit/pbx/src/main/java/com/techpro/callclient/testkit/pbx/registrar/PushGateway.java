// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.registrar;

import com.techpro.callclient.ports.push.PushToken;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipUri;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Acts as the proxy that requests push notifications (RFC 8599 §5) and as the push service. Wakes
 * devices, and lets a call wait until the device has refreshed its binding. On the signalling loop.
 */
public final class PushGateway {
    private static final Duration LONGEST = Duration.ofSeconds(20);
    /**
     * §4.1.4: when the refresh of a self-refreshing device is late, so that the device is woken.
     */
    private static final Duration LEAD = Duration.ofSeconds(121);

    private final EngineLoop loop;
    private final PushSettings settings;
    private final List<Waiting> waiting = new ArrayList<>();

    public PushGateway(EngineLoop loop, PushSettings settings) {
        this.loop = loop;
        this.settings = settings;
    }

    private final class Waiting {
        private final List<String> resources;
        private final Runnable then;
        private final Timer end;

        private Waiting(List<String> resources, Runnable then) {
            this.resources = resources;
            this.then = then;
            this.end = loop.schedule(LONGEST, this::goOn);
        }

        private void goOn() {
            if (waiting.remove(this)) {
                end.cancel();
                then.run();
            }
        }
    }

    /** Whether a device can be woken. */
    static boolean isWakeable(SipUri contact) {
        return contact.param("pn-prid") != null && contact.param("pn-provider") != null;
    }

    /**
     * §5.3.2: returns false for a contact of another push service; contacts without push are
     * accepted.
     */
    boolean serves(SipUri contact) {
        return !isWakeable(contact) || Objects.equals(contact.param("pn-provider"), settings.provider());
    }

    /** §5.3.1: the value of Feature-Caps. */
    String capabilities(List<NameAddr> contacts) {
        boolean refreshes = contacts.stream().anyMatch(contact -> contact.param("+sip.pnsreg") != null);
        return "*;+sip.pns=\"" + settings.provider() + "\""
                + (refreshes ? ";+sip.pnsreg=\"" + LEAD.toSeconds() + "\"" : "");
    }

    /**
     * §5.5: wakes a device when its refresh is late. Does nothing if it cannot be woken or its
     * registration is too short.
     */
    Timer remind(SipUri contact, Duration granted) {
        return isWakeable(contact) && granted.compareTo(LEAD) > 0
                ? loop.schedule(granted.minus(LEAD), () -> wake(contact))
                : () -> false;
    }

    /** A device has registered: continues the calls that waited for it. */
    void refreshed(SipUri contact) {
        String resource = contact.param("pn-prid");
        for (Waiting each : List.copyOf(waiting)) {
            each.resources.remove(resource);
            if (each.resources.isEmpty()) {
                loop.execute(each::goOn);
            }
        }
    }

    /**
     * Wakes the sleeping ones of these devices.
     *
     * @param then runs when they are awake or the time limit is reached; at once if none sleeps
     */
    public void whenAwake(List<Binding> devices, Runnable then) {
        List<String> asleep = new ArrayList<>();
        for (Binding device : devices) {
            SipUri contact = device.contact().uri();
            if (!device.flow().isOpen() && isWakeable(contact)) {
                asleep.add(wake(contact));
            }
        }
        if (asleep.isEmpty()) {
            then.run();
        } else {
            waiting.add(new Waiting(asleep, then));
        }
    }

    private String wake(SipUri contact) {
        String resource = Objects.requireNonNull(contact.param("pn-prid"));
        settings.wake().accept(new PushToken(settings.provider(), resource, contact.param("pn-param")));
        return resource;
    }

    /** The PBX crashes: cancels all waiting. */
    public void forget() {
        waiting.forEach(each -> each.end.cancel());
        waiting.clear();
    }
}
