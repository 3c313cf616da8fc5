// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.registrar;

import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipParseException;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.transport.Flow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The registrar (RFC 3261 §10.3) with Path (RFC 3327) and outbound flows (RFC 5626). On the
 * signalling loop, except reading.
 */
public final class Registrar {
    private static final int MOST_BINDINGS = 10;

    private final EngineLoop loop;
    private final ExpiryLimits limits;
    private final Predicate<String> rewriting;
    private final @Nullable InstanceAddresses addresses;
    private final @Nullable PushGateway push;

    /** Written on the loop only; the lists are immutable, so any thread may read them. */
    private final Map<String, List<Binding>> bindings = new ConcurrentHashMap<>();

    /** Creates a registrar without GRUUs and push. */
    public Registrar(EngineLoop loop, ExpiryLimits limits, Predicate<String> rewriting) {
        this(loop, limits, rewriting, null, null);
    }

    /**
     * @param rewriting extensions whose contacts are replaced by the source of their REGISTER
     * @param addresses creates GRUUs (RFC 5627), or null
     * @param push wakes devices (RFC 8599), or null
     */
    public Registrar(
            EngineLoop loop,
            ExpiryLimits limits,
            Predicate<String> rewriting,
            @Nullable InstanceAddresses addresses,
            @Nullable PushGateway push) {
        this.addresses = addresses;
        this.push = push;
        this.rewriting = rewriting;
        this.loop = loop;
        this.limits = limits;
    }

    /** The bounds of a requested expiry. */
    public record ExpiryLimits(Duration shortest, Duration usual, Duration longest) {}

    /** Returns an extension's bindings. From any thread. */
    public List<Binding> bindingsOf(String extension) {
        return bindings.getOrDefault(extension, List.of());
    }

    /**
     * Returns the devices of an extension, each once, with the open flow that it registered last
     * (RFC 5626 §5.3, §6). A sleeping device is included with a closed flow.
     */
    public List<Binding> devicesOf(String extension) {
        Map<String, Binding> devices = new LinkedHashMap<>();
        for (Binding binding : bindingsOf(extension)) {
            String instance = binding.contact().param("+sip.instance");
            String device = instance == null ? binding.key() : instance;
            Binding other = devices.get(device);
            boolean better = other == null
                    || (binding.flow().isOpen() && !other.flow().isOpen())
                    || (binding.flow().isOpen() == other.flow().isOpen()
                            && binding.expires().isAfter(other.expires()));
            if (better) {
                devices.put(device, binding);
            }
        }
        return List.copyOf(devices.values());
    }

    /** Returns the device of a GRUU (RFC 5627 §5.1), or null. */
    public @Nullable Binding device(SipUri uri) {
        InstanceAddresses.Instance named = addresses == null ? null : addresses.instance(uri);
        if (named == null) {
            return null;
        }
        return devicesOf(named.extension()).stream()
                .filter(binding -> named.id().equals(binding.contact().param("+sip.instance")))
                .findFirst()
                .orElse(null);
    }

    /** Returns all bindings of all extensions. From any thread. */
    public List<Binding> allBindings() {
        List<Binding> all = new ArrayList<>();
        bindings.values().forEach(all::addAll);
        return all;
    }

    /** Handles a REGISTER whose authenticated sender is that extension. */
    public SipResponse register(String extension, SipRequest request, Flow flow) {
        if (request.isContactWildcard()) {
            if (request.number("Expires") != 0) {
                return SipResponse.respondTo(request, 400).build();
            }
            forget(extension);
            return currentBindings(extension, request);
        }
        List<NameAddr> contacts = request.contacts();
        for (NameAddr contact : contacts) {
            Duration asked = expiryOf(contact, request);
            if (!asked.isZero() && asked.compareTo(limits.shortest()) < 0) {
                return SipResponse.respondTo(request, 423)
                        .set("Min-Expires", Long.toString(limits.shortest().toSeconds()))
                        .build();
            }
        }
        if (push != null && contacts.stream().anyMatch(contact -> !push.serves(contact.uri()))) {
            return SipResponse.respondTo(request, 555).build();
        }
        List<NameAddr> path = new ArrayList<>();
        for (String hop : request.headers("Path")) {
            try {
                path.add(NameAddr.parse(hop));
            } catch (SipParseException e) {
                return SipResponse.respondTo(request, 400).build();
            }
        }
        Map<String, Binding> changed = byKey(extension);
        for (NameAddr contact : contacts) {
            String key = keyOf(contact);
            Binding before = changed.get(key);
            // §10.3 step 7: a delayed request must not undo a later one.
            if (before != null
                    && before.callId().equals(request.callId())
                    && before.cseq() >= request.cseq().number()) {
                return SipResponse.respondTo(request, 500).build();
            }
        }
        for (NameAddr contact : contacts) {
            String key = keyOf(contact);
            Binding before = changed.remove(key);
            if (before != null) {
                before.expiry().cancel();
            }
            Duration asked = expiryOf(contact, request);
            if (!asked.isZero()) {
                changed.put(key, bind(extension, key, contact, flow, path, request, asked));
            }
        }
        while (changed.size() > MOST_BINDINGS) {
            Binding oldest = changed.values().iterator().next();
            oldest.expiry().cancel();
            changed.remove(oldest.key());
        }
        store(extension, changed);
        if (push != null) {
            contacts.forEach(contact -> push.refreshed(contact.uri()));
        }
        return currentBindings(extension, request);
    }

    /** Removes all bindings of the extension. */
    void forget(String extension) {
        byKey(extension).values().forEach(binding -> binding.expiry().cancel());
        bindings.remove(extension);
    }

    /** Removes everything, as after a restart without memory. */
    public void forgetAll() {
        List.copyOf(bindings.keySet()).forEach(this::forget);
    }

    /** A connection closed: removes the bindings on it (RFC 5626 §5.3). */
    public void flowClosed(Flow flow) {
        for (String extension : List.copyOf(bindings.keySet())) {
            Map<String, Binding> kept = byKey(extension);
            kept.values()
                    .removeIf(binding -> binding.flow() == flow
                            && !mayBeWoken(binding)
                            && binding.expiry().cancel());
            store(extension, kept);
        }
    }

    private boolean mayBeWoken(Binding binding) {
        return push != null && PushGateway.isWakeable(binding.contact().uri());
    }

    private Binding bind(
            String extension,
            String key,
            NameAddr contact,
            Flow flow,
            List<NameAddr> path,
            SipRequest request,
            Duration asked) {
        Duration granted = asked.compareTo(limits.longest()) > 0 ? limits.longest() : asked;
        Timer expiry = loop.schedule(granted, () -> {
            Map<String, Binding> left = byKey(extension);
            left.remove(key);
            store(extension, left);
        });
        Timer reminder = push == null ? () -> false : push.remind(contact.uri(), granted);
        return new Binding(
                extension,
                key,
                rewriting.test(extension) ? rewritten(contact, flow) : contact,
                flow,
                List.copyOf(path),
                request.callId(),
                request.cseq().number(),
                loop.now().plus(granted),
                () -> {
                    reminder.cancel();
                    return expiry.cancel();
                });
    }

    private static NameAddr rewritten(NameAddr contact, Flow flow) {
        SipUri uri = contact.uri();
        SipUri seen = SipUri.of(
                uri.scheme(),
                uri.user(),
                flow.remote().getAddress().getHostAddress(),
                flow.remote().getPort());
        for (Map.Entry<String, String> param : uri.params().entrySet()) {
            seen = seen.withParam(param.getKey(), param.getValue());
        }
        return new NameAddr(contact.displayName(), seen, contact.params());
    }

    private SipResponse currentBindings(String extension, SipRequest request) {
        SipResponse.Builder ok = SipResponse.respondTo(request, 200);
        boolean outbound = false;
        for (Binding binding : bindingsOf(extension)) {
            long left = Math.max(
                    0,
                    Duration.between(loop.now(), binding.expires())
                            .plusMillis(999)
                            .toSeconds());
            NameAddr contact = binding.contact();
            if (addresses != null && request.headers("Supported").contains("gruu")) {
                contact = addresses.withAddresses(extension, contact);
            }
            ok.add("Contact", contact.withParam("expires", Long.toString(left)).encode());
            outbound |= binding.contact().param("reg-id") != null;
        }
        request.headers("Path").forEach(hop -> ok.add("Path", hop));
        if (push != null && request.contacts().stream().anyMatch(contact -> PushGateway.isWakeable(contact.uri()))) {
            ok.add("Feature-Caps", push.capabilities(request.contacts()));
        }
        if (outbound && request.headers("Supported").contains("outbound")) {
            ok.set("Require", "outbound");
        }
        return ok.build();
    }

    private Duration expiryOf(NameAddr contact, SipRequest request) {
        String parameter = contact.param("expires");
        long seconds = request.number("Expires");
        if (parameter != null) {
            try {
                seconds = Long.parseLong(parameter);
            } catch (NumberFormatException e) {
                // §10.2.1.1: a malformed value counts as one hour.
                seconds = 3600;
            }
        }
        return seconds < 0 ? limits.usual() : Duration.ofSeconds(Math.min(seconds, 1L << 31));
    }

    /** RFC 5626 §6: one binding per instance and reg-id, else per contact URI. */
    private static String keyOf(NameAddr contact) {
        String instance = contact.param("+sip.instance");
        String regId = contact.param("reg-id");
        return instance != null && regId != null
                ? instance + ";" + regId
                : contact.uri().encode();
    }

    private Map<String, Binding> byKey(String extension) {
        Map<String, Binding> map = new LinkedHashMap<>();
        bindingsOf(extension).forEach(binding -> map.put(binding.key(), binding));
        return map;
    }

    private void store(String extension, Map<String, Binding> changed) {
        if (changed.isEmpty()) {
            bindings.remove(extension);
        } else {
            bindings.put(extension, List.copyOf(changed.values()));
        }
    }
}
