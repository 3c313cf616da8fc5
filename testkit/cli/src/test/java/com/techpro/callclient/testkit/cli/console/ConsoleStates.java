// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.console;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Finds values in the states that the console reports. */
final class ConsoleStates {
    private ConsoleStates() {}

    static JsonArray array(JsonObject state, String name) {
        return state.getAsJsonArray(name);
    }

    static Predicate<JsonObject> has(String name, String text) {
        return state -> array(state, name).toString().contains(text);
    }

    static List<String> faultsOn(JsonObject state) {
        List<String> on = new ArrayList<>();
        for (JsonElement fault : array(state, "faults")) {
            if (fault.getAsJsonObject().get("on").getAsBoolean()) {
                on.add(fault.getAsJsonObject().get("id").getAsString());
            }
        }
        return on;
    }

    static JsonObject firstLeg(JsonObject state) {
        return array(array(state, "calls").get(0).getAsJsonObject(), "legs")
                .get(0)
                .getAsJsonObject();
    }

    static long packets(JsonObject state) {
        return array(state, "calls").isEmpty()
                ? 0
                : firstLeg(state).get("packets").getAsLong();
    }

    static String outcome(JsonObject state) {
        return array(state, "recent").get(0).getAsJsonObject().get("outcome").getAsString();
    }

    static String extension(JsonObject state, String number, String member) {
        for (JsonElement one : array(state, "extensions")) {
            JsonObject extension = one.getAsJsonObject();
            if (extension.get("number").getAsString().equals(number)) {
                return extension.has(member)
                        ? extension.get(member).isJsonPrimitive()
                                ? extension.get(member).getAsString()
                                : extension.get(member).toString()
                        : "";
            }
        }
        throw new AssertionError("no extension " + number);
    }
}
