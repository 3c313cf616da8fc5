// SPDX-License-Identifier: Apache-2.0
/** What a person would say of what was heard, who knows what was said. */
@NullMarked
package com.techpro.callclient.testkit.soak.ear;

import org.jspecify.annotations.NullMarked;
