// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.wazo;

import static com.techpro.callclient.adapters.phonesystems.provisioning.StubServer.status;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.techpro.callclient.adapters.phonesystems.provisioning.HeldAudio;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.jspecify.annotations.Nullable;

/** The part of a stub that is wazo-calld's voicemail, as it is described. */
final class WazoMailboxStub {
    static final int NEW = 1;
    static final int OLD = 2;
    static final int URGENT = 3;
    private static final Map<Integer, String> FOLDERS = Map.of(NEW, "new", OLD, "old", URGENT, "urgent");
    private static final String MINE = "/api/calld/1.0/users/me/voicemails";

    final HeldAudio audio = new HeldAudio();
    final Map<String, byte[]> greetings = new LinkedHashMap<>();
    /** Whether the list of all messages is there, which an older Wazo does not have. */
    volatile boolean listsMessages = true;

    private final Map<String, Message> messages = new LinkedHashMap<>();
    private int lastId;

    WazoMailboxStub(WazoStub wazo) {
        wazo.services.put(MINE, this::answer);
    }

    private static final class Message {
        private final @Nullable String number;
        private final @Nullable String name;
        private final long timestamp;
        private final byte[] audio;
        private int folder;

        Message(@Nullable String number, @Nullable String name, long timestamp, byte[] audio, int folder) {
            this.number = number;
            this.name = name;
            this.timestamp = timestamp;
            this.audio = audio;
            this.folder = folder;
        }
    }

    synchronized String deliver(
            @Nullable String number, @Nullable String name, long timestamp, byte[] audio, int folder) {
        String id = timestamp + "-" + String.format("%08d", ++lastId);
        messages.put(id, new Message(number, name, timestamp, audio, folder));
        return id;
    }

    synchronized int folderOf(String id) {
        return messages.get(id).folder;
    }

    private synchronized MockResponse answer(RecordedRequest request) {
        String path = request.getUrl().encodedPath().substring(MINE.length());
        if (path.isEmpty()) {
            return WazoStub.json(mailbox().toString());
        }
        if (path.startsWith("/greetings/")) {
            byte[] greeting = greetings.get(path.substring("/greetings/".length()));
            boolean head = request.getMethod().equals("HEAD");
            return greeting == null ? status(404) : head ? status(200) : audio(greeting);
        }
        if (path.equals("/messages")) {
            return listsMessages ? WazoStub.json(list(request).toString()) : status(404);
        }
        String id = path.substring("/messages/".length());
        if (id.endsWith("/recording")) {
            Message message = messages.get(id.substring(0, id.length() - "/recording".length()));
            return message == null ? status(404) : audio(message.audio);
        }
        Message message = messages.get(id);
        if (message == null) {
            return status(404);
        }
        switch (request.getMethod()) {
            case "DELETE" -> messages.remove(id);
            case "PUT" -> {
                JsonObject body =
                        JsonParser.parseString(request.getBody().utf8()).getAsJsonObject();
                message.folder = body.get("folder_id").getAsInt();
            }
            default -> {
                return WazoStub.json(describe(id, message, true).toString());
            }
        }
        return status(204);
    }

    private JsonObject list(RecordedRequest request) {
        Map<String, String> query = new LinkedHashMap<>();
        request.getUrl()
                .queryParameterNames()
                .forEach(name -> query.put(name, request.getUrl().queryParameter(name)));
        List<Map.Entry<String, Message>> all = new ArrayList<>(messages.entrySet());
        Comparator<Map.Entry<String, Message>> order = Comparator.comparing(entry -> entry.getValue().timestamp);
        all.sort("desc".equals(query.get("direction")) ? order.reversed() : order);
        int from = Math.min(Integer.parseInt(query.getOrDefault("offset", "0")), all.size());
        int to = Math.min(from + Integer.parseInt(query.getOrDefault("limit", "1000")), all.size());
        JsonArray items = new JsonArray();
        for (Map.Entry<String, Message> entry : all.subList(from, to)) {
            JsonObject item = describe(entry.getKey(), entry.getValue(), true);
            item.add(
                    "voicemail",
                    JsonParser.parseString("{\"id\": 3, \"name\": \"Alice\", \"accesstype\": \"personal\"}"));
            items.add(item);
        }
        JsonObject list = new JsonObject();
        list.add("items", items);
        list.addProperty("total", all.size());
        return list;
    }

    private JsonObject mailbox() {
        JsonArray folders = new JsonArray();
        for (int id : List.of(NEW, OLD, URGENT)) {
            JsonArray held = new JsonArray();
            messages.forEach((name, message) -> {
                if (message.folder == id) {
                    held.add(describe(name, message, false));
                }
            });
            JsonObject folder = folder(id);
            folder.add("messages", held);
            folders.add(folder);
        }
        JsonObject mailbox = JsonParser.parseString(
                        "{\"id\": 3, \"number\": \"1001\", \"name\": \"Alice\", \"accesstype\": \"personal\"}")
                .getAsJsonObject();
        mailbox.add("folders", folders);
        return mailbox;
    }

    private static JsonObject folder(int id) {
        JsonObject folder = new JsonObject();
        folder.addProperty("id", id);
        folder.addProperty("name", id == NEW ? "inbox" : FOLDERS.get(id));
        folder.addProperty("type", FOLDERS.get(id));
        return folder;
    }

    private static JsonObject describe(String id, Message message, boolean withFolder) {
        JsonObject described = new JsonObject();
        described.addProperty("id", id);
        described.add("caller_id_name", text(message.name));
        described.add("caller_id_num", text(message.number));
        described.addProperty("duration", 4);
        described.addProperty("empty", false);
        described.addProperty("timestamp", message.timestamp);
        if (withFolder) {
            described.add("folder", folder(message.folder));
            described.add("transcription", JsonParser.parseString("{\"text\": \"call me\"}"));
        }
        return described;
    }

    private static JsonElement text(@Nullable String value) {
        return value == null ? JsonNull.INSTANCE : new JsonPrimitive(value);
    }

    private MockResponse audio(byte[] bytes) {
        return audio.answer("audio/wav", bytes);
    }
}
