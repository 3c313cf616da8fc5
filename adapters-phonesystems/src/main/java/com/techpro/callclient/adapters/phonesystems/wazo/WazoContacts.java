// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.wazo;

import com.techpro.callclient.adapters.phonesystems.provisioning.HttpsClient;
import com.techpro.callclient.adapters.phonesystems.provisioning.LoginRefusedException;
import com.techpro.callclient.adapters.phonesystems.provisioning.UntrustedJson;
import com.techpro.callclient.ports.phonesystem.ConferenceDirectory;
import com.techpro.callclient.ports.phonesystem.LoginOutcome.Reason;
import com.techpro.callclient.ports.phonesystem.RemoteDirectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The contacts of wazo-dird. Users, phone books and personal contacts are a directory, and
 * conferences are rooms. The user's profile names the sources.
 */
final class WazoContacts {
    private static final String PROFILE = "/directories/default/sources";
    private static final int PAGE = 500;
    private static final int MOST_SOURCES = 50;

    private final WazoApi api;

    WazoContacts(WazoApi api) {
        this.api = api;
    }

    RemoteDirectory directory() {
        return this::entries;
    }

    ConferenceDirectory conferences() {
        return new Rooms();
    }

    private List<RemoteDirectory.Entry> entries(int limit) throws IOException {
        List<RemoteDirectory.Entry> entries = new ArrayList<>();
        for (UntrustedJson contact : contacts("wazo", limit)) {
            add(entries, contact, contact.text("exten"), limit);
        }
        for (UntrustedJson contact : contacts("phonebook", limit - entries.size())) {
            add(entries, contact, null, limit);
        }
        if (entries.size() < limit) {
            for (UntrustedJson contact : list(WazoApi.DIRD + "/personal").objects("items")) {
                add(entries, contact, null, limit);
            }
        }
        return entries;
    }

    /** A phone book may have any columns; these are Wazo's own names for numbers. */
    private static void add(
            List<RemoteDirectory.Entry> entries, UntrustedJson contact, @Nullable String extension, int limit) {
        List<String> numbers = new ArrayList<>();
        for (String column : List.of("number", "mobile", "mobile_phone_number", "office", "home")) {
            String number = contact.text(column);
            if (number != null && !numbers.contains(number)) {
                numbers.add(number);
            }
        }
        String name = WazoUser.fullName(contact);
        String shown = name == null ? contact.text("displayname") : name;
        if (shown != null && (extension != null || !numbers.isEmpty()) && entries.size() < limit) {
            entries.add(new RemoteDirectory.Entry(shown, extension, numbers));
        }
    }

    /** Returns all entries of all sources of a kind, read page by page. */
    private List<UntrustedJson> contacts(String backend, int limit) throws IOException {
        List<UntrustedJson> all = new ArrayList<>();
        for (String source : sources(backend)) {
            int read = 0;
            boolean more = true;
            while (more && all.size() < limit) {
                List<UntrustedJson> page = list(WazoApi.DIRD + "/backends/" + backend + "/sources/" + source
                                + "/contacts?limit=" + PAGE + "&offset=" + read)
                        .objects("items");
                read += page.size();
                all.addAll(page);
                more = page.size() == PAGE;
            }
        }
        return all.subList(0, Math.min(Math.max(limit, 0), all.size()));
    }

    private List<String> sources(String backend) throws IOException {
        List<String> uuids = new ArrayList<>();
        for (UntrustedJson source : list(WazoApi.DIRD + PROFILE).objects("items")) {
            String uuid = source.text("uuid");
            if (backend.equals(source.text("backend"))
                    && uuid != null
                    && HttpsClient.isSegment(uuid)
                    && uuids.size() < MOST_SOURCES) {
                uuids.add(uuid);
            }
        }
        return uuids;
    }

    private UntrustedJson list(String path) throws LoginRefusedException {
        UntrustedJson list = api.get(path);
        if (!list.hasList("items")) {
            throw new LoginRefusedException(Reason.NOT_A_PHONE_SYSTEM);
        }
        return list;
    }

    /** The conferences with name and number. The directory has no PINs; the room asks for them. */
    private final class Rooms implements ConferenceDirectory {
        @Override
        public List<Room> rooms(int limit) throws IOException {
            List<Room> rooms = new ArrayList<>();
            for (UntrustedJson conference : contacts("conference", limit)) {
                List<UntrustedJson> extensions = conference.objects("extensions");
                String number = extensions.isEmpty() ? null : extensions.get(0).text("exten");
                String name = conference.text("name");
                if (number != null) {
                    rooms.add(new Room(name == null ? number : name, number, false, null));
                }
            }
            return rooms;
        }

        @Override
        public @Nullable String factory() {
            return null;
        }

        @Override
        public String toString() {
            return "Rooms[redacted]";
        }
    }

    @Override
    public String toString() {
        return "WazoContacts[redacted]";
    }
}
