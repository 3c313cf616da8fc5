// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.techpro.callclient.testkit.cli.console.ConsoleClient.Events;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The console matches its OpenAPI document: every path is requested with every method, and a
 * third-party validator checks the responses against its schemas.
 */
class ConsoleDescriptionTest {
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    /** The files of the page, which are for browsers. */
    private static final Set<String> PAGE = Set.of("/", "/console.js", "/tables.js", "/console.css");

    private static final String BASE = "https://callclient.example/openapi.json";

    private static EmbeddedPbx pbx;
    private static Console console;
    private static ConsoleClient client;
    private static String served;
    private static JsonObject document;
    private static JsonSchemaFactory schemas;

    /** With some data of every kind. */
    @BeforeAll
    static void open() throws IOException {
        pbx = EmbeddedPbx.builder()
                .extensions("1001", "1002")
                .voicemail()
                .traced()
                .start();
        console = Console.open(pbx, pbx.voicemail(), 0);
        client = new ConsoleClient(console);
        served = client.get(ConsoleApi.DESCRIPTION).body();
        document = JsonParser.parseString(served).getAsJsonObject();
        schemas = JsonSchemaFactory.getInstance(
                SpecVersion.VersionFlag.V202012,
                builder -> builder.schemaLoaders(loaders -> loaders.schemas(Map.of(BASE, served))));
    }

    @AfterAll
    static void close() {
        console.close();
        pbx.close();
    }

    /** Returns the errors of a JSON text by the schema at that place of the document. */
    private static List<String> faults(String place, String json) {
        JsonSchema schema = schemas.getSchema(SchemaLocation.of(BASE + "#" + place));
        return schema.validate(json, InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    private static JsonObject operation(String path, String method) {
        JsonObject item = document.getAsJsonObject("paths").getAsJsonObject(path);
        return item.getAsJsonObject(method.toLowerCase(Locale.ROOT));
    }

    private static String schemaOf(String path, String method, String rest) {
        return "/paths/" + path.replace("~", "~0").replace("/", "~1") + "/" + method.toLowerCase(Locale.ROOT) + rest;
    }

    private static HttpResponse<String> ask(String path, String method, String body) {
        return client.send(client.request(path)
                .header(ConsoleAccess.TOKEN_HEADER, client.token())
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Asserts that a response is one in the document, with the body described there. */
    private static void assertDocumented(String path, String method, HttpResponse<String> answer) {
        String status = Integer.toString(answer.statusCode());
        JsonObject responses = operation(path, method).getAsJsonObject("responses");
        assertThat(responses.keySet()).as("answers of %s %s", method, path).contains(status);
        JsonObject response = responses.getAsJsonObject(status);
        if (response.has("$ref")) {
            String name = response.get("$ref").getAsString().substring("#/components/responses/".length());
            response = document.getAsJsonObject("components")
                    .getAsJsonObject("responses")
                    .getAsJsonObject(name);
        }
        if (!response.has("content")) {
            assertThat(answer.body()).as("%s %s", method, path).isEmpty();
            return;
        }
        String type = answer.headers().firstValue("Content-Type").orElse("").split(";", -1)[0];
        assertThat(response.getAsJsonObject("content").keySet())
                .as("types of %s %s", method, path)
                .containsExactly(type);
        if (type.equals("application/json")) {
            assertThat(faults(
                            schemaOf(path, method, "/responses/" + status + "/content/application~1json/schema"),
                            answer.body()))
                    .as("%s %s: %s", method, path, answer.body())
                    .isEmpty();
        }
    }

    @Test
    void it_describes_every_path_that_there_is_and_no_other() throws IOException {
        Set<String> paths;
        try (ConsoleApi api = new ConsoleApi(pbx, null, "")) {
            paths = new TreeSet<>(api.paths());
        }
        paths.removeAll(PAGE);
        assertThat(document.getAsJsonObject("paths").keySet()).containsExactlyInAnyOrderElementsOf(paths);
        assertThat(document.get("openapi").getAsString()).startsWith("3.1.");
        assertThat(served).doesNotContain(client.token());
    }

    @Test
    void every_path_answers_each_method_as_it_says() {
        try (RegisteredPhone phone = new RegisteredPhone(pbx, "1001", true)) {
            phone.dial("600");
            assertThat(ask("/ring", "POST", "{\"extension\":\"1001\",\"number\":\"5\"}")
                            .statusCode())
                    .isEqualTo(204);
            String call;
            try (Events events = client.listen()) {
                call = events.await(
                                "both calls are there, and their phones send",
                                state -> state.getAsJsonArray("recent").size() > 1
                                        && state.getAsJsonArray("calls").size() > 1
                                        && state.getAsJsonArray("calls").asList().stream()
                                                .map(JsonElement::getAsJsonObject)
                                                .map(live -> live.getAsJsonArray("legs")
                                                        .get(0))
                                                .allMatch(leg -> leg.getAsJsonObject()
                                                                .get("packets")
                                                                .getAsLong()
                                                        > 0))
                        .getAsJsonArray("recent")
                        .get(0)
                        .getAsJsonObject()
                        .get("id")
                        .getAsString();
            }
            // Last, because it reads what the others have left.
            List<String> paths =
                    new ArrayList<>(document.getAsJsonObject("paths").keySet());
            paths.remove("/state");
            paths.add("/state");
            for (String path : paths) {
                for (String method : METHODS) {
                    if (operation(path, method) == null) {
                        assertThat(ask(path, method, "").statusCode())
                                .as("%s %s, which the document does not have", method, path)
                                .isEqualTo(405);
                    } else if (!path.equals(ConsoleApi.EVENTS)) {
                        asDocumented(path, method, call);
                    }
                }
            }
        }
    }

    private static void asDocumented(String path, String method, String call) {
        JsonObject operation = operation(path, method);
        String query = operation.has("parameters") ? "?call=" + URLEncoder.encode(call, StandardCharsets.UTF_8) : "";
        String body = "";
        if (operation.has("requestBody")) {
            JsonObject content = operation
                    .getAsJsonObject("requestBody")
                    .getAsJsonObject("content")
                    .getAsJsonObject("application/json");
            body = content.get("example").toString();
            assertThat(faults(schemaOf(path, method, "/requestBody/content/application~1json/schema"), body))
                    .as("the example of %s", path)
                    .isEmpty();
        }
        HttpResponse<String> answer = ask(path + query, method, body);
        assertThat(answer.statusCode())
                .as("%s %s: %s", method, path, answer.body())
                .isBetween(200, 299);
        assertDocumented(path, method, answer);

        HttpResponse<String> stranger =
                client.send(client.request(path + query).method(method, HttpRequest.BodyPublishers.ofString(body)));
        assertThat(stranger.statusCode()).isEqualTo(403);
        assertDocumented(path, method, stranger);
        if (!query.isEmpty()) {
            HttpResponse<String> gone = ask(path + "?call=none", method, body);
            assertThat(gone.statusCode()).isEqualTo(404);
            assertDocumented(path, method, gone);
        }
        if (!body.isEmpty()) {
            HttpResponse<String> tooMuch = ask(path, method, " ".repeat(5_000));
            assertThat(tooMuch.statusCode()).isEqualTo(413);
            assertDocumented(path, method, tooMuch);
        }
    }

    /** Members that a schema requires are required, and unknown members are refused. */
    @Test
    void a_request_that_its_schema_refuses_is_refused() {
        for (String path : document.getAsJsonObject("paths").keySet()) {
            JsonObject operation = operation(path, "POST");
            if (operation == null) {
                continue;
            }
            JsonObject content = operation
                    .getAsJsonObject("requestBody")
                    .getAsJsonObject("content")
                    .getAsJsonObject("application/json");
            JsonObject example = content.getAsJsonObject("example");
            List<JsonObject> wrong = new ArrayList<>();
            JsonObject more = example.deepCopy();
            more.addProperty("another", 1);
            wrong.add(more);
            for (String name : example.keySet()) {
                JsonObject less = example.deepCopy();
                less.remove(name);
                wrong.add(less);
                JsonObject other = example.deepCopy();
                other.add(name, new JsonObject());
                wrong.add(other);
            }
            String place = schemaOf(path, "POST", "/requestBody/content/application~1json/schema");
            for (JsonElement each : wrong) {
                if (!faults(place, each.toString()).isEmpty()) {
                    HttpResponse<String> answer = ask(path, "POST", each.toString());
                    assertThat(answer.statusCode()).as("%s %s", path, each).isEqualTo(400);
                    assertDocumented(path, "POST", answer);
                }
            }
        }
    }

    @Test
    void events_have_the_state_as_it_says() {
        try (RegisteredPhone phone = new RegisteredPhone(pbx, "1002", true);
                Events events = client.listen()) {
            phone.dial("600");
            JsonObject state = events.await(
                    "1002 talks", now -> now.getAsJsonArray("calls").toString().contains("\"1002\""));
            assertThat(faults("/components/schemas/State", state.toString())).isEmpty();
            state.addProperty("password", "x");
            assertThat(faults("/components/schemas/State", state.toString())).isNotEmpty();
            state.remove("password");
            state.remove("calls");
            assertThat(faults("/components/schemas/State", state.toString())).isNotEmpty();
        }
    }

    @Test
    void the_names_in_it_are_those_of_the_program() {
        assertThat(values("FaultId")).containsExactlyElementsOf(names(FaultSwitches.Kind.values()));
        JsonObject direction = document.getAsJsonObject("components")
                .getAsJsonObject("schemas")
                .getAsJsonObject("ExtensionFault")
                .getAsJsonObject("properties")
                .getAsJsonObject("direction");
        assertThat(texts(direction)).containsExactlyElementsOf(names(ExtensionFaults.Direction.values()));
        JsonObject outcome = document.getAsJsonObject("components")
                .getAsJsonObject("schemas")
                .getAsJsonObject("RecentCall")
                .getAsJsonObject("properties")
                .getAsJsonObject("outcome");
        assertThat(texts(outcome)).containsExactlyInAnyOrderElementsOf(names(CallProgress.Outcome.values()));
    }

    private static List<String> values(String schema) {
        return texts(document.getAsJsonObject("components")
                .getAsJsonObject("schemas")
                .getAsJsonObject(schema));
    }

    private static List<String> texts(JsonObject schema) {
        return schema.getAsJsonArray("enum").asList().stream()
                .map(JsonElement::getAsString)
                .toList();
    }

    private static List<String> names(Enum<?>[] all) {
        return List.of(all).stream().map(Enum::name).toList();
    }
}
