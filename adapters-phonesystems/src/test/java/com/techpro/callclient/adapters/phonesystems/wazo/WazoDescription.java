// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.wazo;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * What Wazo publishes of the interfaces that the adapter uses, and the judge of each request. Compiled from the OpenAPI descriptions in the
 * repositories wazo-auth, wazo-confd, wazo-calld, wazo-call-logd and wazo-dird, and the documentation of wazo-websocketd: which methods there
 * are, how the user proves who it is, which query parameters and body fields are known, and what these may hold.
 */
final class WazoDescription {
    /** Method, path, security, then {@code ?} query parameters and {@code =} body fields; {@code !} marks one that has to be there. */
    private static final String OPERATIONS = """
        GET    /api/auth/0.1/backends                                        none
        POST   /api/auth/0.1/token                                           login =domain_name:text =expiration:int =access_type:(online|offline) =client_id:text =refresh_token:text
        DELETE /api/auth/0.1/token/{token}                                   none
        DELETE /api/auth/0.1/users/{user}/tokens/{client}                    token
        DELETE /api/auth/0.1/users/{user}/sessions/{session}                 token
        GET    /api/confd/1.1/users/{user}                                   token
        GET    /api/confd/1.1/users/{user}/lines/{line}/associated/endpoints/sip token ?view:merged
        GET    /api/calld/1.0/users/me/voicemails                            token
        GET    /api/calld/1.0/users/me/voicemails/messages                   token ?direction:(asc|desc) ?order:(id|caller_id_name|duration|timestamp) ?limit:int ?offset:int ?voicemail_type:(all|personal|global)
        GET    /api/calld/1.0/users/me/voicemails/messages/{message}         token
        PUT    /api/calld/1.0/users/me/voicemails/messages/{message}         token =!folder_id:int
        DELETE /api/calld/1.0/users/me/voicemails/messages/{message}         token
        GET    /api/calld/1.0/users/me/voicemails/messages/{message}/recording token ?download:text
        HEAD   /api/calld/1.0/users/me/voicemails/greetings/{greeting}       token
        GET    /api/calld/1.0/users/me/voicemails/greetings/{greeting}       token
        GET    /api/call-logd/1.0/users/me/cdr                               token ?from:text ?until:text ?limit:int ?offset:int ?order:text ?direction:(asc|desc) ?search:text ?call_direction:(internal|inbound|outbound) ?number:text ?from_id:int ?distinct:peer_exten ?recorded:text
        GET    /api/dird/0.1/directories/{profile}/sources                   token ?order:text ?direction:(asc|desc) ?limit:int ?offset:int ?search:text
        GET    /api/dird/0.1/backends/wazo/sources/{source}/contacts         token ?order:text ?direction:(asc|desc) ?limit:int ?offset:int ?search:text ?uuid:text
        GET    /api/dird/0.1/backends/phonebook/sources/{source}/contacts    token ?order:text ?direction:(asc|desc) ?limit:int ?offset:int ?search:text
        GET    /api/dird/0.1/backends/conference/sources/{source}/contacts   token ?order:text ?direction:(asc|desc) ?limit:int ?offset:int ?search:text
        GET    /api/dird/0.1/personal                                        token ?format:text ?order:text ?direction:(asc|desc) ?limit:int ?offset:int
        GET    /api/websocketd/                                              token ?version:(1|2)
        """;

    private final List<Operation> operations = new ArrayList<>();

    WazoDescription() {
        for (String line : OPERATIONS.split("\n")) {
            operations.add(Operation.parse(line.trim().split("\\s+")));
        }
    }

    /** Null if the request is one that the description knows, otherwise what is wrong with it. */
    @Nullable
    String objection(RecordedRequest request) {
        HttpUrl url = request.getUrl();
        for (Operation operation : operations) {
            if (operation.method.equals(request.getMethod())
                    && operation.path.matcher(url.encodedPath()).matches()) {
                String objection = operation.objection(request, url);
                return objection == null ? null : request.getMethod() + " " + url.encodedPath() + ": " + objection;
            }
        }
        return "not described: " + request.getMethod() + " " + url.encodedPath();
    }

    private record Field(String name, boolean needed, Pattern value, boolean whole) {
        static Field parse(String text) {
            boolean needed = text.charAt(1) == '!';
            String[] parts = text.substring(needed ? 2 : 1).split(":", 2);
            String kind = parts[1];
            String values = kind.equals("int") ? "-?[0-9]+" : kind.equals("text") ? ".*" : kind;
            return new Field(parts[0], needed, Pattern.compile(values), kind.equals("int"));
        }
    }

    private record Operation(String method, Pattern path, String security, List<Field> query, List<Field> body) {
        static Operation parse(String[] words) {
            List<Field> query = new ArrayList<>();
            List<Field> body = new ArrayList<>();
            for (int i = 3; i < words.length; i++) {
                (words[i].startsWith("?") ? query : body).add(Field.parse(words[i]));
            }
            Pattern path = Pattern.compile(words[1].replaceAll("\\{[a-z]+}", "[A-Za-z0-9_~.-]+"));
            return new Operation(words[0], path, words[2], query, body);
        }

        @Nullable
        String objection(RecordedRequest request, HttpUrl url) {
            Set<String> known = new HashSet<>();
            for (Field field : query) {
                known.add(field.name);
                List<String> values = url.queryParameterValues(field.name);
                if (values.size() > 1 || values.stream().anyMatch(value -> !matches(field, value))) {
                    return "query parameter " + field.name;
                }
            }
            if (!known.containsAll(url.queryParameterNames())) {
                return "unknown query parameters " + url.queryParameterNames();
            }
            String objection = securityObjection(request);
            return objection != null ? objection : bodyObjection(request);
        }

        private @Nullable String securityObjection(RecordedRequest request) {
            boolean token = request.getHeaders().get("X-Auth-Token") != null;
            boolean basic = request.getHeaders().get("Authorization") != null;
            if (request.getHeaders().get("Cookie") != null) {
                return "a cookie";
            }
            return switch (security) {
                case "token" -> token && !basic ? null : "needs a token and nothing else";
                case "login" -> token ? "needs no token" : null;
                default -> token || basic ? "needs no credentials" : null;
            };
        }

        private @Nullable String bodyObjection(RecordedRequest request) {
            String text = request.getBody() == null ? "" : request.getBody().utf8();
            if (body.isEmpty()) {
                return text.isEmpty() ? null : "has a body";
            }
            String type = request.getHeaders().get("Content-Type");
            if (type == null || !type.startsWith("application/json")) {
                return "the body is " + type;
            }
            JsonObject object = JsonParser.parseString(text).getAsJsonObject();
            Set<String> known = new HashSet<>();
            for (Field field : body) {
                known.add(field.name);
                JsonElement value = object.get(field.name);
                if (value == null ? field.needed : !typed(field, value)) {
                    return "body field " + field.name;
                }
            }
            if (!known.containsAll(object.keySet())) {
                return "unknown body fields " + object.keySet();
            }
            // Creating a token is described in words: one proof, and a client_id for what outlives it.
            boolean proofs = security.equals("login")
                    && object.has("refresh_token") == (request.getHeaders().get("Authorization") != null);
            boolean nameless = object.has("access_type")
                    && object.get("access_type").getAsString().equals("offline");
            return proofs
                    ? "not exactly one proof"
                    : nameless && !object.has("client_id") ? "offline without client_id" : null;
        }

        private static boolean typed(Field field, JsonElement value) {
            return value.isJsonPrimitive()
                    && value.getAsJsonPrimitive().isNumber() == field.whole
                    && matches(field, value.getAsString());
        }

        private static boolean matches(Field field, @Nullable String value) {
            return value != null && field.value.matcher(value).matches();
        }
    }
}
