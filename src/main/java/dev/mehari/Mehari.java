package dev.mehari;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the gateway. */
@SpringBootApplication
public class Mehari {
    public static void main(String[] arguments) {
        SpringApplication.run(Mehari.class, arguments);
    }
}
