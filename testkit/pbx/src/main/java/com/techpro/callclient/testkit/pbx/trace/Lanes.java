// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.trace;

import com.techpro.callclient.testkit.pbx.trace.TracedMessage.Endpoint;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The vertical lines of a ladder: one per endpoint name, or per address without a name. With more
 * than two, the first named endpoint comes second.
 */
final class Lanes {
    private static final Pattern USER = Pattern.compile("(?:sips?:|tel:)([^@;>\\s]+)[@;>]");

    /** The labels of each lane by its key. */
    private final Map<String, Lane> lanes = new LinkedHashMap<>();

    private final List<String> order;

    /** One lane with two lines of text; the second may be empty. */
    record Lane(String name, String address) {}

    Lanes(List<TracedMessage> messages) {
        for (TracedMessage message : messages) {
            add(message, message.from(), message.status() == 0 ? "From" : "To");
            add(message, message.to(), message.status() == 0 ? "To" : "From");
        }
        this.order = new ArrayList<>(lanes.keySet());
        // The PBX stands between the phones.
        String hub =
                order.stream().filter(key -> key.startsWith("=")).findFirst().orElse("");
        if (order.size() > 2 && order.remove(hub)) {
            order.add(1, hub);
        }
    }

    private void add(TracedMessage message, Endpoint end, String header) {
        String key = key(end);
        Lane known = lanes.get(key);
        if (known != null && !known.name.isEmpty()) {
            return;
        }
        Matcher user = USER.matcher(message.header(header));
        String name = end.name().isEmpty() && user.find() ? user.group(1) : end.name();
        lanes.put(key, new Lane(name, end.name().isEmpty() ? text(end.address()) : ""));
    }

    int indexOf(Endpoint end) {
        return order.indexOf(key(end));
    }

    /** Returns the lane of that name, or -1. */
    int indexOf(String name) {
        for (int i = 0; i < order.size(); i++) {
            if (all().get(i).name.equals(name)) {
                return i;
            }
        }
        return -1;
    }

    List<Lane> all() {
        return order.stream().map(lanes::get).toList();
    }

    private static String key(Endpoint end) {
        return end.name().isEmpty() ? text(end.address()) : "=" + end.name();
    }

    private static String text(InetSocketAddress address) {
        return address.isUnresolved()
                ? address.toString()
                : address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
