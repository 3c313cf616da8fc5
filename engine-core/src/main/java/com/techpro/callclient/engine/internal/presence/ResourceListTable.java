// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.presence;

import com.techpro.callclient.engine.internal.presence.ResourceList.Instance;
import com.techpro.callclient.engine.internal.presence.ResourceList.InstanceState;
import com.techpro.callclient.engine.internal.presence.ResourceList.Resource;
import com.techpro.callclient.engine.presence.LampState;
import com.techpro.callclient.stack.sip.message.MultipartBody;
import com.techpro.callclient.stack.sip.message.SipParseException;
import com.techpro.callclient.stack.sip.message.SipUri;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state that the notifications of one resource list subscription add up to (RFC 4662 §5).
 * Immutable.
 *
 * @param version of the last notification
 * @param entries by user and host of the resource
 * @param whole whether every document was readable and none was missed; if not, the full state must
 *     be requested
 */
record ResourceListTable(long version, Map<String, Entry> entries, boolean whole) {
    /** States by precedence, the most important first. */
    private static final List<LampState> PRECEDENCE =
            List.of(LampState.RINGING, LampState.TALKING, LampState.IDLE, LampState.OFFLINE, LampState.UNKNOWN);

    /**
     * A resource.
     *
     * @param instances those not terminated, by their ids; null means that nothing is known
     * @param ended the state shown if there is none
     */
    record Entry(Map<String, @Nullable DialogInfoTable> instances, LampState ended) {
        static final Entry EMPTY = new Entry(Map.of(), LampState.UNKNOWN);

        LampReading reading() {
            if (instances.isEmpty()) {
                return LampReading.of(ended);
            }
            LampReading first = LampReading.of(LampState.UNKNOWN);
            for (DialogInfoTable table : instances.values()) {
                LampReading reading = LampReading.of(LampState.UNKNOWN);
                if (table != null) {
                    reading = LampReading.of(table);
                }
                if (PRECEDENCE.indexOf(reading.state()) < PRECEDENCE.indexOf(first.state())) {
                    first = reading;
                }
            }
            return first;
        }
    }

    /**
     * Applies a notification.
     *
     * @param before null if there was no full notification yet
     * @return the new table, or the old one if the notification is outdated; null if one was
     *     missed, or there are too many resources
     */
    static @Nullable ResourceListTable after(@Nullable ResourceListTable before, ResourceList list) {
        if (before != null && list.version() <= before.version()) {
            return before;
        }
        if (!list.full() && (before == null || list.version() != before.version() + 1)) {
            return null;
        }
        Map<String, Entry> entries = new LinkedHashMap<>();
        if (before != null && !list.full()) {
            entries.putAll(before.entries());
        }
        boolean whole = list.full() || (before != null && before.whole());
        for (Resource resource : list.resources()) {
            String key = key(resource.uri());
            if (key != null) {
                Entry known = before == null ? null : before.entries().get(key);
                Entry now = entry(known == null ? Entry.EMPTY : known, resource, list.full());
                whole &= now != null;
                entries.put(key, now == null ? Entry.EMPTY : now);
            }
        }
        return entries.size() > ResourceListReader.MOST_RESOURCES
                ? null
                : new ResourceListTable(list.version(), entries, whole);
    }

    /** Returns null if a document of the resource is unreadable or was missed. */
    private static @Nullable Entry entry(Entry known, Resource resource, boolean full) {
        Map<String, @Nullable DialogInfoTable> instances = new LinkedHashMap<>();
        if (!full) {
            instances.putAll(known.instances());
        }
        LampState ended = resource.instances().isEmpty() ? known.ended() : LampState.UNKNOWN;
        for (Instance instance : resource.instances()) {
            if (instance.state() == InstanceState.TERMINATED) {
                instances.remove(instance.id());
                ended = ended(instance.reason());
                continue;
            }
            DialogInfoTable table = known.instances().get(instance.id());
            if (instance.document() != null) {
                table = dialogs(table, instance.document());
                if (table == null) {
                    return null;
                }
            }
            instances.put(instance.id(), table);
        }
        return instances.size() > ResourceListReader.MOST_INSTANCES ? null : new Entry(instances, ended);
    }

    private static @Nullable DialogInfoTable dialogs(@Nullable DialogInfoTable before, MultipartBody.Part document) {
        DialogInfo info = document.type().equals(DialogInfoReader.CONTENT_TYPE)
                ? DialogInfoReader.read(document.text().getBytes(StandardCharsets.UTF_8))
                : null;
        return info == null ? null : DialogInfoTable.after(before, info);
    }

    /** Converts a reason (RFC 4662 §5.5), as defined by RFC 6665 §4.1.3. */
    private static LampState ended(String reason) {
        return switch (reason) {
            case "rejected" -> LampState.FORBIDDEN;
            case "noresource" -> LampState.NOT_FOUND;
            default -> LampState.UNKNOWN;
        };
    }

    /** Returns the state of an extension; null if it is not in the list. */
    @Nullable
    LampReading reading(SipUri extension) {
        Entry entry = entries.get(key(extension));
        return entry == null ? null : entry.reading();
    }

    private static @Nullable String key(String uri) {
        try {
            return key(SipUri.parse(uri));
        } catch (SipParseException e) {
            return null;
        }
    }

    private static String key(SipUri uri) {
        return uri.user() + "@" + uri.host().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "ResourceListTable[" + version + ", " + entries.size() + " resources]";
    }
}
