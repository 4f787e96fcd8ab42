package org.billingtakeover.nodes;

import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells the proxy in front whether this node takes requests, and whoever runs it whether it has to be started anew. */
@RestController
class Probes {

    private final ApplicationAvailability availability;

    Probes(ApplicationAvailability availability) {
        this.availability = availability;
    }

    @GetMapping("/livez")
    ResponseEntity<String> lives() {
        return answer(availability.getLivenessState() == LivenessState.CORRECT);
    }

    /** No, while the product starts, and from the moment on that it is told to stop. */
    @GetMapping("/readyz")
    ResponseEntity<String> isReady() {
        return answer(availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC);
    }

    private static ResponseEntity<String> answer(boolean yes) {
        return ResponseEntity.status(yes ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .cacheControl(CacheControl.noStore())
                .body(yes ? "yes" : "no");
    }
}
